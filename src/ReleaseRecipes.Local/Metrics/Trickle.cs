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
        while (!cancel.IsCancellationRequested)
        {
            var (until, rate) = (supervisor.Desired.WatchUntil, Math.Clamp(supervisor.Desired.WatchRate, 1, 500));
            if (clock.GetUtcNow().ToUnixTimeMilliseconds() < until)
            {
                foreach (var run in supervisor.Versions.Where(run => run.Log.Recent() < rate))
                {
                    Probe(run, cancel);
                }

                await Task.Delay(TimeSpan.FromSeconds(1 / rate), cancel);
            }
            else
            {
                await Task.Delay(50, cancel);
            }
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
