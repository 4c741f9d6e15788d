using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Tests.Simulation;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>The process dies after each change of the cluster, before that is recorded, and is run again: always the same end.</summary>
public sealed class CrashTests : ClusterTest
{
    [TestCase("blue_green", false)]
    [TestCase("canary", false)]
    [TestCase("rolling", false)]
    [TestCase("recreate", false)]
    [TestCase("canary", true)]
    [TestCase("recreate", true)]
    public async Task Dead_after_every_single_change_it_comes_to_the_same_end(string type, bool isBad)
    {
        var crashes = new Crashes();
        var places = Places(type);
        await places.HasVerifiedAsync("1.0.0");
        places.Between = target => new MortalTarget(target, crashes);
        places.Metrics = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(isBad ? 0.5 : 0));

        RolloutResult? result = null;
        while (result is null)
        {
            try
            {
                result = await places.DeployAsync(Candidate("1.2.0"));
            }
            catch (CrashException)
            {
                // Run again.
            }
        }

        var serving = isBad ? "1.0.0" : "1.2.0";
        Assert.That(crashes.Count, Is.GreaterThan(2));
        Assert.That(result, isBad ? Has.Property("Restored").True : Is.TypeOf<RolloutResult.Verified>(), $"{result}");
        Assert.That(await TagAsync(), Is.EqualTo(serving));
        Assert.That(await LeftAsync(), Is.Empty);
        Assert.That(await GetAsync("service/app-production", "{.spec.selector}"), Is.EqualTo("""{"app":"shop"}"""));
        Assert.That((await StateAsync(places)).Versions, Is.EqualTo(new[] { new RunningVersion(serving, 3, 3, 100) }));
        Assert.That(
            places
                .Events.Where(fact => fact.Kind == EventKinds.Moved && fact.Release == "1.2.0")
                .GroupBy(fact => $"{fact.Data["index"]}")
                .Where(move => move.Count() > 1),
            Is.Empty,
            "no move was recorded twice"
        );
    }

    sealed class CrashException : Exception;

    sealed class Crashes
    {
        readonly HashSet<string> died = [];

        public int Count => died.Count;

        /// <summary>Dies of each change once.</summary>
        public void Die(string change)
        {
            if (died.Add(change))
            {
                throw new CrashException();
            }
        }
    }

    sealed class MortalTarget(ITarget target, Crashes crashes) : ITarget
    {
        public Task<TargetState> ReadAsync(CancellationToken cancel) => target.ReadAsync(cancel);

        public Task<Uri?> PreviewAsync(string version, CancellationToken cancel) => target.PreviewAsync(version, cancel);

        public async Task InstallAsync(
            string version,
            Candidate? artifacts,
            int instances,
            IProgress<string> progress,
            CancellationToken cancel
        )
        {
            await target.InstallAsync(version, artifacts, instances, progress, cancel);
            crashes.Die($"install {version} {instances}");
        }

        public async Task ShiftAsync(IReadOnlyDictionary<string, int> weights, CancellationToken cancel)
        {
            await target.ShiftAsync(weights, cancel);
            crashes.Die($"shift {string.Join(' ', weights)}");
        }

        public async Task RetireAsync(string version, CancellationToken cancel)
        {
            await target.RetireAsync(version, cancel);
            crashes.Die($"retire {version}");
        }
    }
}
