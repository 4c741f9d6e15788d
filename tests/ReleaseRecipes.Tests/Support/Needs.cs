namespace ReleaseRecipes.Tests.Support;

/// <summary>What a test needs of the machine. Where it is not there, the test says so and is skipped.</summary>
public static class Needs
{
    /// <summary>Skips the test unless a program is on PATH.</summary>
    public static void Program(string name)
    {
        if (!IsThere(name))
        {
            Assert.Ignore($"needs the program '{name}', which is not on PATH");
        }
    }

    /// <summary>Skips the test unless this is Linux.</summary>
    public static void Linux()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("needs Linux: it uses /proc and hooks of git");
        }
    }

    /// <summary>Whether a program is on PATH.</summary>
    public static bool IsThere(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, name)) || File.Exists(Path.Combine(folder, name + ".exe")));
}
