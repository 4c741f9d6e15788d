using System.Diagnostics;
using System.Net;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Local.Metrics;
using ReleaseRecipes.Local.Processes;
using ReleaseRecipes.Local.Proxy;

namespace ReleaseRecipes.Local.Supervision;

enum InstanceState
{
    Starting,
    Healthy,
    Unhealthy,

    /// <summary>It ended and is started again in a while.</summary>
    Waiting,
    Stopping,
}

/// <summary>One place of a version: keeps one process running in it and knows whether it is healthy.</summary>
sealed class Instance(
    string version,
    VersionSpec spec,
    int ordinal,
    Launcher launcher,
    Func<IReadOnlyDictionary<string, string>> environment,
    RequestLog log
) : IDisposable
{
    static readonly TimeSpan LookAtStart = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(150);
    static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(1);
    readonly CancellationTokenSource stop = new();
    volatile InstanceState state = InstanceState.Starting;
    volatile RunningProcess? process;
    volatile Upstream? upstream;
    volatile bool closing;
    int underway;
    Task running = Task.CompletedTask;
    long checkAt;

    public VersionSpec Spec => spec;
    public int Ordinal => ordinal;
    public InstanceState State => state;
    public int Crashes { get; private set; }
    public int Underway => Volatile.Read(ref underway);

    /// <summary>Why it is not healthy, as last seen.</summary>
    public string? Problem { get; private set; }
    public RunningProcess? Process => process;

    /// <summary>Whether it ever answered a health check: an instance that is starting is no evidence of anything.</summary>
    public bool WasHealthy { get; private set; }

    /// <summary>Begins, with the process that an earlier gateway started if there is one.</summary>
    public void Run(RunningProcess? adopted)
    {
        if (adopted is not null)
        {
            Attach(adopted);
            // It served a moment ago; the next check tells if it does not any more.
            (WasHealthy, state) = (true, InstanceState.Healthy);
        }

        running = Task.Run(() => KeepRunningAsync(adopted));
    }

    /// <summary>Counts a request in, unless the instance is closing or has no process; null then.</summary>
    public Upstream? Enter()
    {
        Interlocked.Increment(ref underway);
        if (!closing && upstream is { } open)
        {
            return open;
        }

        Leave();
        return null;
    }

    public void Leave() => Interlocked.Decrement(ref underway);

    /// <summary>Something could not connect to it: it gets no more requests before a check succeeds.</summary>
    public void Doubt(string problem)
    {
        if (state == InstanceState.Healthy)
        {
            (Problem, state) = (problem, InstanceState.Unhealthy);
            Volatile.Write(ref checkAt, 0);
        }
    }

    /// <summary>Takes no new requests, lets those under way finish within the patience, and ends the process.</summary>
    public async Task CloseAsync(TimeSpan patience)
    {
        closing = true;
        var until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (Underway > 0 && Environment.TickCount64 < until)
        {
            await Task.Delay(10);
        }

        state = InstanceState.Stopping;
        await stop.CancelAsync();
        await running;
        if (process is { } last)
        {
            await launcher.StopAsync(last, TimeSpan.FromSeconds(10));
        }

        Dispose();
    }

    public void Dispose()
    {
        stop.Dispose();
        upstream?.Dispose();
    }

    /// <summary>Stops looking after the process and leaves it running for the next gateway.</summary>
    public async Task LeaveRunningAsync()
    {
        await stop.CancelAsync();
        await running;
    }

    async Task KeepRunningAsync(RunningProcess? adopted)
    {
        try
        {
            for (var soon = 0; ; soon = Math.Min(soon + 1, 7))
            {
                var began = Stopwatch.GetTimestamp();
                if (adopted is null)
                {
                    Start();
                }

                adopted = null;
                await WatchAsync();
                state = InstanceState.Waiting;
                Crashes++;
                log.Crashed();
                if (process is { } ended)
                {
                    await launcher.StopAsync(ended, TimeSpan.FromSeconds(2));
                }

                soon = Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(1) ? 0 : soon;
                await Task.Delay(TimeSpan.FromMilliseconds(200 << soon), stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Closed; whoever closed it ends the process.
        }
    }

    void Start()
    {
        process = null;
        try
        {
            Attach(launcher.Start(version, ordinal, spec, environment()));
            state = InstanceState.Starting;
        }
        catch (Exception problem) when (problem is IOException or System.ComponentModel.Win32Exception or UnauthorizedAccessException)
        {
            Problem = $"it cannot be started: {problem.Message}";
        }
    }

    void Attach(RunningProcess next)
    {
        process = next;
        upstream?.Dispose();
        upstream = new Upstream(next.Record.Port);
    }

    /// <summary>Returns when the process has ended or is to be replaced.</summary>
    async Task WatchAsync()
    {
        var unwellSince = Environment.TickCount64;
        var failures = 0;
        while (process is { } current)
        {
            stop.Token.ThrowIfCancellationRequested();
            if (!current.Identity.IsAlive)
            {
                Problem = "it " + current.Ending;
                return;
            }

            if (Environment.TickCount64 >= Volatile.Read(ref checkAt))
            {
                var problem = await upstream!.CheckAsync(spec.HealthPath, stop.Token);
                failures = problem is null ? 0 : failures + 1;
                Judge(problem, failures);
                unwellSince = state == InstanceState.Healthy ? Environment.TickCount64 : unwellSince;
                if (Environment.TickCount64 - unwellSince > spec.StartTimeout * 1000)
                {
                    return;
                }

                Volatile.Write(
                    ref checkAt,
                    Environment.TickCount64 + (state == InstanceState.Healthy ? (long)BetweenChecks.TotalMilliseconds : 0)
                );
            }

            await Task.Delay(state == InstanceState.Healthy ? Look : LookAtStart, stop.Token);
        }
    }

    void Judge(string? problem, int failures)
    {
        Problem = problem;
        if (problem is null)
        {
            (WasHealthy, state) = (true, InstanceState.Healthy);
        }
        else if (state == InstanceState.Healthy && failures >= 2)
        {
            // One lost check is noise; traffic that cannot connect says so by itself.
            state = InstanceState.Unhealthy;
        }
    }

    /// <summary>What <c>Status</c> shows.</summary>
    public InstanceStatus Describe(EnvironmentFolder folder) =>
        new(
            ordinal,
            process?.Record.Port ?? 0,
            state == InstanceState.Waiting ? null : process?.Identity.Id,
            state.ToString().ToLowerInvariant(),
            Crashes,
            Underway,
            folder.LogOf(version, ordinal),
            state == InstanceState.Healthy ? null : Problem
        );
}
