using ReleaseRecipes.Planning;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Flow;

/// <summary>Takes up a release that the ledger knows, for the commands that come after it was begun: deploy, approve, promote, abort.</summary>
public sealed class RecordedRelease(ReleaseSession release)
{
    /// <summary>Sets version and plan from the release that is named, or the newest one.</summary>
    /// <exception cref="ReleaseException">There is none, or it was planned with another strategy.</exception>
    public async Task<ReleaseProgress> TakeUpAsync(CancellationToken cancel)
    {
        var state = (await release.Ledger.HeadAsync(cancel)).State;
        var name = release.Options.ReleaseVersion ?? state.Newest?.Version ?? throw Nothing("There is no release yet.");
        var progress = ReleaseProgress.Of(await release.Ledger.ReadAsync(name, cancel));
        var planned = progress.Planned ?? throw Nothing($"There is no release {name}.");
        release.Version = UnfinishedRelease.AsPlanned(planned);
        var version = release.Version;
        release.Plan = ReleasePlan.Of(release.Strategy, release.Parts, release.Version, state);
        return progress.IsOf(release.Plan)
            ? progress
            : throw new ReleaseException(
                $"{name} was planned with another strategy than the one that is here now.",
                release.Strategy.Path,
                $"Check out {version.Tag}, or release anew: {release.Options.CommandFor("Release")}",
                ExitCodes.WrongInput
            );
    }

    ReleaseException Nothing(string what) =>
        new(what, todo: $"Make one: {release.Options.CommandFor("Release")}", exitCode: ExitCodes.WrongInput);
}
