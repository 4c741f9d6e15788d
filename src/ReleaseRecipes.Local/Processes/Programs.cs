using System.Diagnostics;
using System.Globalization;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Local.Processes;

/// <summary>Starts this program's two halves.</summary>
static class Programs
{
    /// <summary>The gateway, from the program files that the environment names now.</summary>
    public static Process Gateway(EnvironmentFolder folder, ListeningHandle handle) =>
        handle.HandOn(number => Start(folder, "gateway", folder.Path, Text(number)));

    public static Process Watchdog(EnvironmentFolder folder, ListeningHandle handle) =>
        handle.HandOn(number => Start(folder, "watch", folder.Path, Text(handle.Port), Text(number)));

    static Process Start(EnvironmentFolder folder, params string[] arguments)
    {
        var program = WholeFile.Read(folder.Program)?.Trim() ?? AppContext.BaseDirectory;
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            WorkingDirectory = folder.Path,
            ArgumentList = { Path.Combine(program, "ReleaseRecipes.Local.dll") },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
