using System.Diagnostics;

namespace ReleaseRecipes.Recipes.Tests;

/// <summary>The packages as they would be published, and a NuGet cache that knows nothing else.</summary>
sealed class Packed : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("packed-recipes-").FullName;

    public Packed()
    {
        foreach (var project in new[] { "src/Cake.Frosting", "src/ReleaseRecipes" })
        {
            string[] pack =
            [
                "pack",
                project,
                "-c=Release",
                "-p:Version=1000.0.0",
                "-p:RunAnalyzers=false",
                "--disable-build-servers",
                "-v=quiet",
            ];
            Run(Repository, "dotnet", [.. pack, "--artifacts-path", Path.Combine(folder, "made"), "--output", Feed], []);
        }
    }

    public static string Repository { get; } = Above(TestContext.CurrentContext.TestDirectory);

    public string Feed => Path.Combine(folder, "feed");

    /// <summary>A fresh repository made of the recipe's files and what its README tells to take along.</summary>
    public string Take(string recipe)
    {
        var repository = Path.Combine(folder, recipe);
        var source = Path.Combine(Repository, "recipes", recipe);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => !IsBuilt(file)))
        {
            Copy(file, Path.Combine(repository, Path.GetRelativePath(source, file)));
        }

        Copy(Path.Combine(Repository, "build.sh"), Path.Combine(repository, "build.sh"));
        File.WriteAllText(
            Path.Combine(repository, "nuget.config"),
            $"""<configuration><packageSources><add key="packed" value="{Feed}" /></packageSources></configuration>"""
        );
        string[][] git =
        [
            ["init", "-q", "-b", "main"],
            ["add", "-A"],
            ["commit", "-q", "-m", "feat: the first version"],
        ];
        foreach (var arguments in git)
        {
            Run(repository, "git", ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", .. arguments], []);
        }

        Run(repository, "git", ["config", "user.name", "Ann"], []);
        Run(repository, "git", ["config", "user.email", "ann@example.com"], []);
        return repository;
    }

    /// <summary>Runs a line of a README as its reader would.</summary>
    public string Shell(string repository, string line) =>
        Run(
            repository,
            "bash",
            ["-c", line],
            new()
            {
                ["NUGET_PACKAGES"] = Path.Combine(folder, "cache"),
                ["CI"] = null,
                ["GITHUB_ACTIONS"] = null,
                ["GITLAB_CI"] = null,
                ["TF_BUILD"] = null,
            }
        );

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string Run(string folder, string program, string[] arguments, Dictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}\n{output}\n{error.GetAwaiter().GetResult()}");
        return output;
    }

    static bool IsBuilt(string file) => file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts");

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }

    static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "ReleaseRecipes.sln")) ? folder : Above(Path.GetDirectoryName(folder)!);
}
