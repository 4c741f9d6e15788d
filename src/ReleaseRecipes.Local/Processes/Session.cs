namespace ReleaseRecipes.Local.Processes;

/// <summary>The program that starts another one in a session of its own.</summary>
static class Session
{
    static readonly bool HasSetsid = Environment
        .GetEnvironmentVariable("PATH")!
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, "setsid")));

    public static string Program => HasSetsid ? "setsid" : "perl";

    // macOS has no setsid program, but always perl.
    public static string[] Arguments => HasSetsid ? [] : ["-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or exit 127"];
}
