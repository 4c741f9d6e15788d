using System.Diagnostics;
using ReleaseRecipes.Local.Supervision;

namespace ReleaseRecipes.Local.Metrics;

/// <summary>While a rollout is watched, makes up for missing traffic with health checks, so that a quiet environment has evidence too.</summary>
sealed class Trickle(Supervisor supervisor, TimeProvider clock)
{
    const int MostUnderWay = 64;
    int underway;
    uint turn;

    public async Task RunAsync(CancellationToken cancel)
    {
        var (due, last) = (0.0, clock.GetTimestamp());
        while (!cancel.IsCancellationRequested)
        {
            var (until, rate) = (supervisor.Desired.WatchUntil, Math.Clamp(supervisor.Desired.WatchRate, 1, 500));
            var watched = clock.GetUtcNow().ToUnixTimeMilliseconds() < until;
            // What a busy machine delayed is made up for, but not all at once.
            due = watched ? Math.Min(due + (clock.GetElapsedTime(last).TotalSeconds * rate), MostUnderWay / 2) : 0;
            last = clock.GetTimestamp();
            for (; due >= 1; due--)
            {
                foreach (var run in supervisor.Versions.Where(run => run.Log.Recent() < rate))
                {
                    Probe(run, cancel);
                }
            }

            await Task.Delay(watched ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.FromMilliseconds(150), cancel);
        }
    }

    void Probe(VersionRun run, CancellationToken cancel)
    {
        // One that is still starting is no evidence; one that was healthy and is not, is.
        var known = run.Instances.Where(instance => instance is { WasHealthy: true, State: not InstanceState.Stopping }).ToList();
        if (known.Count > 0 && Volatile.Read(ref underway) < MostUnderWay)
        {
            _ = ProbeAsync(run, known[(int)(++turn % known.Count)], cancel);
        }
    }

    async Task ProbeAsync(VersionRun run, Instance instance, CancellationToken cancel)
    {
        Interlocked.Increment(ref underway);
        var began = Stopwatch.GetTimestamp();
        try
        {
            var problem = instance.Enter() is { } upstream ? await CheckAsync(instance, upstream, cancel) : "it does not run";
            run.Log.Record(Stopwatch.GetElapsedTime(began), problem is not null, probe: true);
        }
        catch (OperationCanceledException)
        {
            // The gateway ends; nobody measures any more.
        }
        finally
        {
            Interlocked.Decrement(ref underway);
        }
    }

    static async Task<string?> CheckAsync(Instance instance, Proxy.Upstream upstream, CancellationToken cancel)
    {
        try
        {
            return await upstream.CheckAsync(instance.Spec.HealthPath, cancel);
        }
        finally
        {
            instance.Leave();
        }
    }
}
