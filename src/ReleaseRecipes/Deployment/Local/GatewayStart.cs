using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Deployment.Local;

/// <summary>Starts the gateway of one environment, or finds the one that runs.</summary>
sealed class GatewayStart(EnvironmentFolder folder)
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Whether the environment was ever started, and not brought down since.</summary>
    public bool WasStarted => File.Exists(folder.Program) && !File.Exists(folder.Down);

    /// <summary>Where the gateway takes commands; null where none runs.</summary>
    public static GatewayPlace? Running(EnvironmentFolder folder) =>
        WholeFile.Read(folder.Gateway) is { } text
        && JsonSerializer.Deserialize(text, LocalJson.Default.GatewayPlace) is { Process.IsAlive: true } place
            ? place
            : null;

    /// <summary>Sees to it that a gateway of this program listens on the port.</summary>
    public async Task EnsureAsync(int? port, Func<Task<bool>> answers, Func<Task> handOver, CancellationToken cancel)
    {
        folder.Create();
        var program = await GatewayProgram.KeepAsync(Path.GetDirectoryName(folder.Path)!, cancel);
        WholeFile.Write(folder.Program, program);
        File.Delete(folder.Down);
        if (Running(folder) is { } place && await answers())
        {
            if (port is { } wanted && wanted != place.Port)
            {
                throw new ReleaseException(
                    $"The gateway listens on port {place.Port}, and the strategy file now asks for {wanted}.",
                    todo: $"Bring the environment down first: --target=Down --environment={Path.GetFileName(folder.Path)}"
                );
            }

            if (Path.TrimEndingDirectorySeparator(place.Program) != program)
            {
                // Its watchdog starts it again from the new files, on the same socket.
                await handOver();
                await UntilAsync(
                    async () => Running(folder) is { } next && next.Process != place.Process && await answers(),
                    () => null,
                    cancel
                );
            }

            return;
        }

        await StartAsync(program, port, answers, cancel);
    }

    /// <summary>Waits for the watchdog to bring the gateway back, and does it where the watchdog is gone too.</summary>
    public async Task<bool> ReviveAsync(Func<Task<bool>> answers, CancellationToken cancel)
    {
        await StartAsync(WholeFile.Read(folder.Program)!, null, answers, cancel);
        return true;
    }

    /// <summary>Gives a watchdog that is alive the time to bring its gateway back; starts nothing.</summary>
    public async Task<bool> ComesBackAsync(Func<Task<bool>> answers, CancellationToken cancel)
    {
        for (
            var began = Stopwatch.GetTimestamp();
            IsAlive(folder.Watchdog) && Stopwatch.GetElapsedTime(began).TotalSeconds < 5;
            await Task.Delay(20, cancel)
        )
        {
            if (await answers())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Waits until gateway and watchdog have ended.</summary>
    public async Task EndAsync(CancellationToken cancel)
    {
        for (var began = Stopwatch.GetTimestamp(); Running(folder) is not null || IsAlive(folder.Watchdog); await Task.Delay(10, cancel))
        {
            if (Stopwatch.GetElapsedTime(began) > Limit)
            {
                throw new ReleaseException(
                    "The gateway of this environment does not end.",
                    folder.Path,
                    $"What it wrote is in {folder.GatewayLog}"
                );
            }
        }
    }

    static bool IsAlive(string file) =>
        WholeFile.Read(file) is { } text && JsonSerializer.Deserialize(text, LocalJson.Default.ProcessIdentity) is { IsAlive: true };

    async Task StartAsync(string program, int? port, Func<Task<bool>> answers, CancellationToken cancel)
    {
        var logged = new FileInfo(folder.GatewayLog) is { Exists: true } log ? log.Length : 0;
        using var watchdog = ProgramRunner.Start(
            Detached(Dotnet, GatewayProgram.DllIn(program), "watch", folder.Path, port?.ToString(CultureInfo.InvariantCulture) ?? "kept")
        );
        await UntilAsync(answers, () => watchdog is { HasExited: true, ExitCode: not 0 } ? Logged(logged) : null, cancel);
    }

    /// <summary>
    /// The call by way of a shell that gives the program files for its streams: whoever reads this build's output to its end
    /// must not wait for the gateway's end.
    /// </summary>
    ProgramCall Detached(string program, params string[] arguments) =>
        (
            OperatingSystem.IsWindows()
                ? new ProgramCall(program, arguments)
                : new ProgramCall("/bin/sh", ["-c", """exec "$@" </dev/null >>"$0" 2>&1""", folder.GatewayLog, program, .. arguments])
        ) with
        {
            WorkingDirectory = folder.Path,
            Environment = Environment
                .GetEnvironmentVariables()
                .Keys.Cast<string>()
                .Where(Surroundings.IsOfTheBuild)
                .ToDictionary(name => name, _ => (string?)null),
        };

    async Task UntilAsync(Func<Task<bool>> answers, Func<string?> problem, CancellationToken cancel)
    {
        for (var began = Stopwatch.GetTimestamp(); !await answers(); await Task.Delay(10, cancel))
        {
            if (problem() is { } said)
            {
                var lines = said.Trim().Split('\n', 2);
                throw new ReleaseException(lines[0].Trim(), folder.Path, lines.ElementAtOrDefault(1)?.Trim());
            }

            if (Stopwatch.GetElapsedTime(began) > Limit)
            {
                throw new ReleaseException(
                    $"The gateway of this environment did not start within {Limit.TotalSeconds} s.",
                    folder.Path,
                    $"What it wrote is in {folder.GatewayLog}"
                );
            }
        }
    }

    string Logged(long from)
    {
        using var log = new FileStream(folder.GatewayLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        log.Seek(from, SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        return reader.ReadToEnd() is { } said && said.Trim().Length > 0 ? said : "The gateway ended at once and said nothing.";
    }

    /// <summary>The dotnet that runs this process, or the one on PATH.</summary>
    static string Dotnet =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
        : Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root && File.Exists(Path.Combine(root, "dotnet"))
            ? Path.Combine(root, "dotnet")
        : "dotnet";
}
