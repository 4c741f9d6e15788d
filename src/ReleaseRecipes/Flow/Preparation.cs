using ReleaseRecipes.Planning;

namespace ReleaseRecipes.Flow;

/// <summary>What every step after Version needs first. Part of a chain, it finds it done; alone (<c>--exclusive</c>), it does it itself, for deciding a version only reads.</summary>
public sealed class Preparation(ReleaseSession release)
{
    /// <summary>Makes sure of the version and the plan. False: there is nothing to release.</summary>
    public async Task<bool> DoneAsync(CancellationToken cancel)
    {
        if (!release.VersionIsKnown)
        {
            await new DecideVersion(release).RunAsync(cancel);
        }

        if (!release.Version.Nothing && !release.PlanIsKnown)
        {
            var state = (await release.Ledger.HeadAsync(cancel)).State;
            release.Plan = ReleasePlan.Of(release.Strategy, release.Parts, release.Version, state);
        }

        return !release.Version.Nothing;
    }
}
