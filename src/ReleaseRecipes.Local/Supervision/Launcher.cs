using System.Diagnostics;
using System.Globalization;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Local.Processes;

namespace ReleaseRecipes.Local.Supervision;

/// <summary>Starts and ends the processes of instances.</summary>
sealed class Launcher(EnvironmentFolder folder)
{
    /// <summary>
    /// Notes who it is, then becomes the user's command. The log is a file and no pipe, so that the process does not notice the gateway's end;
    /// what the application says of its secrets there stands as it said it, for this user alone to read.
    /// $1: identity file, $2: log, $3: command.
    /// </summary>
    const string Become = """
        s=; [ -r /proc/$$/stat ] && read -r s </proc/$$/stat; echo "$$ $s" >"$1"; (umask 077; : >>"$2"); exec </dev/null >>"$2" 2>&1; exec /bin/sh -c "$3"
        """;

    /// <summary>Starts one instance on a free port.</summary>
    public RunningProcess Start(string version, int ordinal, VersionSpec spec, IReadOnlyDictionary<string, string> environment)
    {
        var record = new ProcessRecord(Guid.NewGuid().ToString("N")[..12], version, ordinal, FreePort.Find(), spec);
        record.Write(folder);
        var process = ListeningHandle.Alone(() => Process.Start(Call(record, environment))!);
        var identity = ProcessIdentity.Of(process.Id) ?? new ProcessIdentity(process.Id, "ended");
        WholeFile.Write(ProcessRecord.IdentityOf(folder, record.Id), $"{process.Id} {identity.Start}");
        return new RunningProcess(record, identity, process);
    }

    /// <summary>Asks a process and all it started to end, and ends what is left after the patience.</summary>
    public async Task StopAsync(RunningProcess running, TimeSpan patience)
    {
        await ProcessGroup.EndAsync(running.Identity, patience);
        Forget(running);
    }

    public void Forget(RunningProcess running)
    {
        running.Process?.Dispose();
        running.Record.Forget(folder);
    }

    ProcessStartInfo Call(ProcessRecord record, IReadOnlyDictionary<string, string> environment)
    {
        var port = record.Port.ToString(CultureInfo.InvariantCulture);
        var command = record.Spec.Command.Replace("{port}", port, StringComparison.Ordinal);
        var log = folder.LogOf(record.Version, record.Ordinal);
        LogFile.Bound(log);
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", $"/d /s /c \"{command} >> \"{log}\" 2>&1\"") { CreateNoWindow = true }
            : new ProcessStartInfo(
                Session.Program,
                [.. Session.Arguments, "/bin/sh", "-c", Become, "sh", ProcessRecord.IdentityOf(folder, record.Id), log, command]
            );
        start.WorkingDirectory = record.Spec.Slot;
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["PORT"] = port;
        return start;
    }
}

/// <summary>A process of an instance.</summary>
/// <param name="Process">Its handle; null where an earlier gateway started it.</param>
sealed record RunningProcess(ProcessRecord Record, ProcessIdentity Identity, Process? Process)
{
    /// <summary>How it ended, as far as that is known.</summary>
    public string Ending => Process is { HasExited: true } ended ? $"ended with exit code {ended.ExitCode}" : "ended";
}
