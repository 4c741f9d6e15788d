using System.Diagnostics;

namespace Cake.Frosting.Tests.BuildScript;

/// <summary>A repository with this one's build.sh and a build project that tells what it was given.</summary>
sealed class Consumer : IDisposable
{
    const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
        </Project>
        """;

    public string Root { get; } = Directory.CreateTempSubdirectory("build-script-").FullName;

    public Consumer()
    {
        Write("build.sh", File.ReadAllText(Path.Combine(Repository, "build.sh")));
        Write("build/Build.csproj", Project);
        Says("one");
        Git("init", "--quiet", "--initial-branch=main");
        Git("add", "--all");
        Git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message=first");
    }

    /// <summary>This repository's own folder.</summary>
    public static string Repository { get; } = Above(TestContext.CurrentContext.TestDirectory);

    /// <summary>The program prints the word, its folder and its arguments a line each, and exits with the first argument that is a number.</summary>
    public void Says(string word) =>
        Write(
            "build/Program.cs",
            $$"""
            Console.WriteLine("{{word}}");
            Console.WriteLine(Environment.CurrentDirectory);
            foreach (var arg in args) Console.WriteLine($"<{arg}>");
            return args.Select(arg => int.TryParse(arg, out var code) ? code : 0).FirstOrDefault(code => code > 0);
            """
        );

    public void Write(string name, string content)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    public string Git(params string[] args) => Run("git", args, Root).Output;

    public Ran Build(params string[] args) => Run("bash", [Path.Combine(Root, "build.sh"), .. args], Root);

    public Ran BuildFrom(string folder, params string[] args) => Run("bash", [Path.Combine(Root, "build.sh"), .. args], folder);

    /// <summary>Starts the script without waiting for it.</summary>
    public Process Start(params string[] args) => Started("bash", [Path.Combine(Root, "build.sh"), .. args], Root, []);

    public Ran BuildWith(Dictionary<string, string?> environment) =>
        Finished(Started("/bin/bash", [Path.Combine(Root, "build.sh")], Root, environment));

    public static Ran Finished(Process process)
    {
        using (process)
        {
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new(process.ExitCode, output, error.GetAwaiter().GetResult());
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public static Ran Run(string program, string[] args, string folder, Dictionary<string, string?>? environment = null) =>
        Finished(Started(program, args, folder, environment ?? []));

    static Process Started(string program, string[] args, string folder, Dictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "ReleaseRecipes.sln")) ? folder : Above(Path.GetDirectoryName(folder)!);
}

/// <summary>How a program ended.</summary>
sealed record Ran(int ExitCode, string Output, string Error)
{
    public bool Compiled => Error.Contains("Building the build project", StringComparison.Ordinal);
}
