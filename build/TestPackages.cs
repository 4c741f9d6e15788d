using Cake.Common;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;

/// <summary>The programs that the tests start, from Debian's packages where this build may install them.</summary>
static class TestPackages
{
    public static void Install(ICakeContext context)
    {
        var missing = File.ReadAllLines("tests/packages.txt")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(line => !IsThere(line[1]))
            .Select(line => line[0])
            .ToList();
        if (missing.Count == 0)
        {
            return;
        }

        if (Environment.UserName == "root" && IsThere("apt-get"))
        {
            Apt(context, ["update", "-qq"]);
            Apt(context, ["install", "-y", "-qq", "--no-install-recommends", .. missing]);
        }
        else
        {
            context.Log.Warning("Some tests will be skipped; for all of them: apt-get install {0}", string.Join(' ', missing));
        }
    }

    static void Apt(ICakeContext context, string[] arguments)
    {
        var settings = new ProcessSettings
        {
            Arguments = ProcessArgumentBuilder.FromStrings(arguments),
            EnvironmentVariables = new Dictionary<string, string?>
            {
                ["DEBIAN_FRONTEND"] = "noninteractive",
                // Only the programs are wanted: services of theirs are not started. The tests start their own, on ports of their own.
                ["RUNLEVEL"] = "1",
            },
        };
        if (context.StartProcess("apt-get", settings) != 0)
        {
            context.Log.Warning("apt-get {0} failed; the tests that need what is missing will be skipped.", string.Join(' ', arguments));
        }
    }

    static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(System.IO.Path.Combine(folder, program)));
}
