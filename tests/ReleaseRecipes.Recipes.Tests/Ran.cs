using System.Diagnostics;

namespace ReleaseRecipes.Recipes.Tests;

/// <summary>A program that ran to its end.</summary>
sealed record Ran(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>Fails the test, with all that the program said, unless it ended so.</summary>
    public Ran Ends(int exitCode)
    {
        Assert.That(ExitCode, Is.EqualTo(exitCode), $"{Command}\n{Output}\n{Error}");
        return this;
    }

    public Ran Succeeds() => Ends(0);

    public static Ran Of(string program, string[] arguments, string folder, Dictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new($"{program} {string.Join(' ', arguments)}", process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
