using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Local.Processes;
using ReleaseRecipes.Local.Routing;

namespace ReleaseRecipes.Local.Supervision;

/// <summary>Makes what runs agree with what was commanded.</summary>
sealed class Supervisor(EnvironmentFolder folder, Router router, TimeProvider clock)
{
    readonly Dictionary<string, VersionRun> versions = [];
    readonly Launcher launcher = new(folder);

    /// <summary>What is to run, as last commanded.</summary>
    public DesiredState Desired { get; private set; } = DesiredState.Read(folder);

    public IReadOnlyList<VersionRun> Versions
    {
        get
        {
            lock (versions)
            {
                return [.. versions.Values];
            }
        }
    }

    /// <summary>Writes what is to run, and only then is it so.</summary>
    public void Command(DesiredState next)
    {
        next.Write(folder);
        Desired = next;
        router.Split(next.Weights);
    }

    public VersionRun? Find(string version)
    {
        lock (versions)
        {
            return versions.GetValueOrDefault(version);
        }
    }

    /// <summary>Takes over the processes that an earlier gateway left, starts those that are missing and ends those that are not wanted.</summary>
    /// <returns>The end of those that are not wanted.</returns>
    public Task TakeOver()
    {
        var left = ProcessRecord.All(folder).Select(record => (Record: record, Identity: record.Find(folder))).ToList();
        foreach (var (version, wanted) in Desired.Versions)
        {
            var run = Open(version);
            run.Use(run.Environment(), wanted.Release);
            foreach (var ordinal in Enumerable.Range(1, wanted.Instances))
            {
                var found = left.FindIndex(process =>
                    process.Identity is not null
                    && process.Record.Version == version
                    && process.Record.Ordinal == ordinal
                    && process.Record.Spec == wanted.Spec
                );
                RunningProcess? adopted = null;
                if (found >= 0)
                {
                    adopted = new RunningProcess(left[found].Record, left[found].Identity!, null);
                    run.UseThoseOf(adopted.Identity.Id);
                    left.RemoveAt(found);
                }

                var instance = New(run, wanted.Spec, ordinal);
                run.Add(instance);
                instance.Run(adopted);
            }
        }

        router.Split(Desired.Weights);
        return Task.WhenAll(left.Select(EndAsync));
    }

    /// <summary>The version, made known to the router.</summary>
    public VersionRun Open(string version)
    {
        lock (versions)
        {
            if (!versions.TryGetValue(version, out var run))
            {
                versions[version] = run = new VersionRun(version, clock);
                router.Serve(new Dictionary<string, VersionRun>(versions));
            }

            return run;
        }
    }

    public void Close(string version)
    {
        lock (versions)
        {
            versions.Remove(version);
            router.Serve(new Dictionary<string, VersionRun>(versions));
        }
    }

    public Instance New(VersionRun run, VersionSpec spec, int ordinal) =>
        new(run.Version, spec, ordinal, launcher, run.Environment, run.Log);

    /// <summary>Ends instances, after their requests under way.</summary>
    public static async Task EndAsync(VersionRun run, IEnumerable<Instance> instances, TimeSpan patience) =>
        await Task.WhenAll(
            instances.Select(async instance =>
            {
                await instance.CloseAsync(patience);
                run.Remove(instance);
            })
        );

    /// <summary>Ends everything that runs.</summary>
    public Task EndAllAsync(TimeSpan patience) => Task.WhenAll(Versions.Select(run => EndAsync(run, run.Instances, patience)));

    /// <summary>Leaves everything running, for the next gateway.</summary>
    public Task LeaveRunningAsync() =>
        Task.WhenAll(Versions.SelectMany(run => run.Instances).Select(instance => instance.LeaveRunningAsync()));

    /// <summary>Keeps the logs bounded while their writers write.</summary>
    public void BoundLogs()
    {
        LogFile.Bound(folder.GatewayLog);
        foreach (var run in Versions)
        {
            foreach (var instance in run.Instances)
            {
                LogFile.Bound(folder.LogOf(run.Version, instance.Ordinal));
            }
        }
    }

    async Task EndAsync((ProcessRecord Record, ProcessIdentity? Identity) process)
    {
        if (process.Identity is { } running)
        {
            await ProcessGroup.EndAsync(running, TimeSpan.FromSeconds(10));
        }

        process.Record.Forget(folder);
    }
}
