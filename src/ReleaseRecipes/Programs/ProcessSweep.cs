using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ReleaseRecipes.Programs;

/// <summary>Ends a command with everything it started, those included that no longer have it as a parent or a process group.</summary>
static class ProcessSweep
{
    const int Term = 15;
    const int Kill = 9;

    /// <summary>Compilers that stay for the next build on purpose and end by themselves.</summary>
    static readonly string[] BuildServers = ["VBCSCompiler", "/nodemode:", "GradleDaemon", "KotlinCompileDaemon"];

    /// <summary>Asks the group to end, gives it the time to do so, then ends whatever is left, however fast it multiplies.</summary>
    public static async Task EndAsync(int group, ProcessMarker marker, ControlGroup? inside, TimeSpan patience)
    {
        Signal(-group, Term);
        for (var waited = TimeSpan.Zero; waited < patience && Signal(-group, 0); waited += Step)
        {
            await Task.Delay(Step, CancellationToken.None);
        }

        for (var round = 0; round < 200; round++)
        {
            inside?.Kill();
            Signal(-group, Kill);
            var left = Left(marker, inside);
            left.ForEach(process => Signal(process, Kill));
            if (left.Count == 0)
            {
                return;
            }

            await Task.Delay(Step, CancellationToken.None);
        }
    }

    /// <summary>Ends what a command that ended by itself left running, except the servers of compilers.</summary>
    public static void EndLeftovers(ProcessMarker marker, ControlGroup? inside) => End(Left(marker, inside));

    /// <summary>Ends what commands left running whose own release process was killed in this folder.</summary>
    public static void EndOrphans(string folder) => End(Marked(mark => new ProcessMarker(mark).IsLeftFrom(folder)));

    static TimeSpan Step => TimeSpan.FromMilliseconds(20);

    static List<int> Left(ProcessMarker marker, ControlGroup? inside) =>
        [.. Marked(mark => mark == marker.Id).Union(inside?.Members() ?? [])];

    static void End(List<int> processes) =>
        processes.Where(process => !IsBuildServer(process)).ToList().ForEach(process => Signal(process, Kill));

    static bool IsBuildServer(int process) =>
        Read(process, "cmdline") is { } line && BuildServers.Any(server => line.Contains(server, StringComparison.Ordinal));

    static List<int> Marked(Func<string, bool> wanted) =>
        !OperatingSystem.IsLinux()
            ? []
            :
            [
                .. Directory
                    .EnumerateDirectories("/proc")
                    .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
                    .Where(id => id > 0 && id != Environment.ProcessId && MarksOf(id).Any(wanted)),
            ];

    static IEnumerable<string> MarksOf(int process) =>
        Read(process, "environ")
            ?.Split('\0')
            .FirstOrDefault(pair => pair.StartsWith(ProcessMarker.Variable + "=", StringComparison.Ordinal))
            ?[(ProcessMarker.Variable.Length + 1)..].Split(';')
        ?? [];

    static string? Read(int process, string name)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{process}/{name}"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static bool Signal(int process, int signal) => !OperatingSystem.IsWindows() && SendSignal(process, signal) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SendSignal(int process, int signal);
}
