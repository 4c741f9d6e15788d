using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Flow;

/// <summary>Puts together what a rollout consists of, the same way for deploying, rolling back and aborting.</summary>
public sealed class Rollouts(ReleaseSession release)
{
    /// <summary>The deployer of one environment, for the holder of its lease.</summary>
    public Deployer Deployer(EnvironmentSettings environment, Lease lease)
    {
        var place = release.PlaceOf(environment, lease.Fence);
        var target = release.Parts.TargetOf(environment).Open(place);
        var source = release.Parts.SourceOf(environment).Open(place, target);
        var smoke = new SmokeTest(release.Terminal, place.Root);
        return new Deployer(
            target,
            source,
            release.Ledger,
            new Effects(release.Ledger, lease),
            release.Clock,
            release.Terminal,
            smoke.RunAsync
        );
    }

    /// <summary>The rollout of this release to an environment.</summary>
    public async Task<Rollout> OfAsync(EnvironmentSettings environment, ReleaseProgress progress, CancellationToken cancel)
    {
        var version = release.Version.Version;
        var state = (await release.Ledger.HeadAsync(cancel)).State.Environments.GetValueOrDefault(environment.Name);
        var stable = state?.Verified == version ? state.Earlier.FirstOrDefault() : state?.Verified;
        var package = release.Package;
        var candidate = new Candidate(version, release.Version.Tag, progress.TaggedCommit ?? release.Version.Commit, package.Digest)
        {
            Root = package.Root,
            Files = [.. package.Files.Keys],
        };
        return new Rollout(environment, release.Strategy.Application, candidate, stable);
    }
}
