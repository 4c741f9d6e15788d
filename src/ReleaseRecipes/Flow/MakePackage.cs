using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Packaging;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Flow;

/// <summary>Builds what is released, once: a later run takes the same artefacts where this machine still has them whole.</summary>
public sealed class MakePackage(ReleaseSession release)
{
    /// <summary>Sets the package.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (!await new Preparation(release).DoneAsync(cancel))
        {
            return;
        }

        release.Terminal.Heading("Package");
        await new Evidence(release).DemandGatesAsync(cancel);
        await new BeginRelease(release).OwnAsync(cancel);
        var packager = new Packager(release.Git, release.Strategy.Application, release.Terminal, release.Secrets);
        var progress = ReleaseProgress.Of(await release.Ledger.ReadAsync(release.Version.Version, cancel));
        release.Package = await FoundAsync(packager, progress, cancel) ?? await MadeAsync(packager, progress, cancel);
        Show(release.Package);
    }

    /// <summary>The package of the steps before; a step alone builds it again only where the ledger has it and this machine has not.</summary>
    public async Task EnsureAsync(CancellationToken cancel)
    {
        if (!release.PackageIsKnown)
        {
            await RunAsync(cancel);
        }
    }

    /// <summary>The package as the ledger has it, without looking for its files.</summary>
    public async Task FindAsync(CancellationToken cancel)
    {
        var progress = ReleaseProgress.Of(await release.Ledger.ReadAsync(release.Version.Version, cancel));
        var digest = progress.Package?["digest"]?.GetValue<string>();
        release.Package = digest is not null
            ? new ReleasePackage(digest, "", new Dictionary<string, string>())
            : throw new ReleaseException(
                $"{release.Version.Version} has no package yet, and an approval is for a package.",
                todo: $"Run {release.Options.CommandFor("Release")}: it stops where the approval is needed."
            );
    }

    static async Task<ReleasePackage?> FoundAsync(Packager packager, ReleaseProgress progress, CancellationToken cancel) =>
        progress.Package is { } recorded
            ? await packager.FindAsync(
                recorded["digest"]!.GetValue<string>(),
                recorded["files"]!.AsObject().ToDictionary(file => file.Key, file => file.Value!.GetValue<string>()),
                cancel
            )
            : null;

    async Task<ReleasePackage> MadeAsync(Packager packager, ReleaseProgress progress, CancellationToken cancel)
    {
        if (release.Strategy.DisabledSteps.Contains("Package"))
        {
            var nothing = new Packager(release.Git, new(), release.Terminal, release.Secrets);
            return await RecordedAsync(await nothing.MakeAsync(release.Version, [], cancel), "off", progress, cancel);
        }

        await new StampedFiles(release).StampAsync(cancel);
        var package = await packager.MakeAsync(release.Version, release.Parted, cancel);
        return await RecordedAsync(package, package.Files.Count > 0 ? "done" : "nothing", progress, cancel);
    }

    async Task<ReleasePackage> RecordedAsync(ReleasePackage package, string result, ReleaseProgress progress, CancellationToken cancel)
    {
        DemandSame(package, progress);
        var fact = new JsonObject
        {
            ["step"] = "Package",
            ["result"] = result,
            ["package"] = package.ToJson(),
        };
        await release.RecordAsync(new NewEvent(release.Version.Version, EventKinds.Step, fact), cancel);
        return package;
    }

    /// <summary>What was verified in one environment is the very thing that goes to the next: a build that comes out otherwise is another release.</summary>
    void DemandSame(ReleasePackage package, ReleaseProgress progress)
    {
        foreach (var (environment, digest) in progress.Digests.Where(verified => verified.Value != package.Digest))
        {
            throw new ReleaseException(
                $"The artefacts of {release.Version.Version} are not those that were verified in {environment}.",
                $"verified in {environment}: {digest}\nhere now: {package.Digest}",
                $"Go on where the verified ones are kept, copy them here ({Path.Combine(release.Git.GitDirectory, "release-recipes", "packages", digest)}), or release the next version."
            );
        }
    }

    void Show(ReleasePackage package)
    {
        var files = package.Files.Count switch
        {
            0 => "nothing to build",
            1 => "1 file",
            var count => $"{count} files",
        };
        release.Terminal.Fact("artefacts", files);
        release.Terminal.Fact("digest", package.Digest[..16], Tone.Quiet);
    }
}
