using System.Diagnostics;
using System.Globalization;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Local.Supervision;

/// <summary>Waits until all instances of a version are healthy, or says why they are not.</summary>
sealed class Readiness(EnvironmentFolder folder, VersionRun run, VersionSpec spec)
{
    /// <summary>One that ends again and again will not become healthy by waiting.</summary>
    const int CrashLimit = 3;

    /// <exception cref="ReleaseException">One of them does not become healthy in time, or ends again and again.</exception>
    public async Task WaitAsync(IReadOnlyList<Instance> instances, Action<string> progress, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var crashes = instances.ToDictionary(instance => instance, instance => instance.Crashes);
        var waiting = instances.ToList();
        while (waiting.Count > 0)
        {
            foreach (var instance in waiting.ToList())
            {
                var took = Stopwatch.GetElapsedTime(began);
                if (instance.State == InstanceState.Healthy)
                {
                    waiting.Remove(instance);
                    progress(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"instance {instance.Ordinal} of {instances.Count} is healthy on port {instance.Process?.Record.Port} after {took.TotalSeconds:0.0} s"
                        )
                    );
                }
                else if (instance.Crashes - crashes[instance] >= CrashLimit)
                {
                    throw Failure(instance, $"ended {CrashLimit} times while it was to start");
                }
                else if (took.TotalSeconds > spec.StartTimeout)
                {
                    throw Failure(
                        instance,
                        string.Create(CultureInfo.InvariantCulture, $"was not healthy within {spec.StartTimeout:0.###} s")
                    );
                }
            }

            if (waiting.Count > 0)
            {
                await Task.Delay(10, cancel);
            }
        }
    }

    ReleaseException Failure(Instance instance, string what)
    {
        var log = folder.LogOf(run.Version, instance.Ordinal);
        var lines = LogFile.Tail(log, 10);
        var last = instance.Problem is { } problem ? $"Last seen: {problem}." : "";
        return new ReleaseException(
            $"Instance {instance.Ordinal.ToString(CultureInfo.InvariantCulture)} of version {run.Version} {what}.",
            lines.Count == 0
                ? $"{last} It wrote nothing."
                : $"{last} It wrote last:\n{string.Join('\n', lines.Select(line => "  " + line))}",
            $"See {log}; try the command in {spec.Slot}: {spec.Command}"
        );
    }
}
