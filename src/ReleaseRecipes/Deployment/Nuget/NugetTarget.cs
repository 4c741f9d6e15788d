using NuGet.Versioning;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// An environment that is a feed. Installing checks the packages and that the feed has nothing else under their names; all traffic to a version
/// means its packages are pushed, read back and restored; going back withdraws those of the candidate. Earlier versions stay on the feed.
/// </summary>
sealed class NugetTarget(TargetPlace place, INugetFeed feed) : ITarget
{
    readonly RestoreCheck restore = new(feed.Source);

    public async Task<TargetState> ReadAsync(CancellationToken cancel)
    {
        var memory = PlaceMemory.Read(place);
        IReadOnlyDictionary<string, int> weights = memory.Weights ?? new Dictionary<string, int>();
        // A package that is gone does not serve, whatever is remembered. One that is there may be unlisted: then memory decides.
        if (memory.Candidate is { } candidate && memory.Serving == candidate.Version && !await IsThereAsync(candidate, cancel))
        {
            weights = new Dictionary<string, int>();
        }

        return new TargetState(
            [
                .. memory
                    .Instances.Keys.Union(weights.Keys)
                    .Select(version =>
                    {
                        var instances = memory.Instances.GetValueOrDefault(version, place.Environment.Replicas);
                        return new RunningVersion(version, instances, instances, weights.GetValueOrDefault(version));
                    }),
            ],
            Uri.TryCreate(place.Environment.Nuget.Source, UriKind.Absolute, out var url) ? url : null
        );
    }

    public async Task InstallAsync(
        string version,
        Candidate? artifacts,
        int instances,
        IProgress<string> progress,
        CancellationToken cancel
    )
    {
        var memory = PlaceMemory.Read(place);
        if (artifacts is not null)
        {
            foreach (var package in Packages(artifacts))
            {
                progress.Report($"checking {package.FileName}");
                CheckVersion(package, artifacts);
                if (await feed.DigestAsync(package.Id, package.Version, cancel) is { } digest && digest != package.Digest)
                {
                    throw new ReleaseException(
                        $"The feed has another {package.FileName} than this one: same name, other contents.",
                        todo: "A version is pushed once. Release the next version."
                    );
                }
            }

            memory = memory with { Candidate = artifacts };
        }

        memory.With(version, instances).Write(place);
    }

    public async Task ShiftAsync(IReadOnlyDictionary<string, int> weights, CancellationToken cancel)
    {
        var memory = PlaceMemory.Read(place);
        if (weights.Values.Any(weight => weight is not (0 or 100)))
        {
            throw new ReleaseException(
                "A feed cannot split its traffic.",
                todo: "Use type: blue_green for a feed.",
                exitCode: ExitCodes.WrongInput
            );
        }

        if (memory.Candidate is { } candidate)
        {
            var push = weights.GetValueOrDefault(candidate.Version) == 100;
            foreach (var package in Packages(candidate))
            {
                await (push ? PushAsync(package, cancel) : WithdrawAsync(package, cancel));
            }
        }

        (memory with { Weights = weights }).Write(place);
    }

    /// <summary>A version without the feed's attention stays where it is: whoever depends on it still finds it.</summary>
    public Task RetireAsync(string version, CancellationToken cancel)
    {
        PlaceMemory.Read(place).With(version, 0).Write(place);
        return Task.CompletedTask;
    }

    public Task<Uri?> PreviewAsync(string version, CancellationToken cancel) => Task.FromResult<Uri?>(null);

    async Task PushAsync(NugetPackage package, CancellationToken cancel)
    {
        if (await feed.DigestAsync(package.Id, package.Version, cancel) is null)
        {
            await feed.PushAsync(package, cancel);
        }
        else
        {
            await feed.RelistAsync(package.Id, package.Version, cancel);
        }

        await AppearsAsync(package, cancel);
        await restore.DemandAsync(package, cancel);
    }

    /// <summary>Servers show a package some time after they took it.</summary>
    async Task AppearsAsync(NugetPackage package, CancellationToken cancel)
    {
        for (var left = place.Environment.StartTimeout; ; left -= TimeSpan.FromSeconds(1))
        {
            var there = await feed.DigestAsync(package.Id, package.Version, cancel);
            if (there == package.Digest)
            {
                return;
            }

            if (there is not null || left <= TimeSpan.Zero)
            {
                throw new ReleaseException(
                    there is null
                        ? $"{package.FileName} was pushed, and does not appear."
                        : $"{package.FileName} was pushed, and something else is there."
                );
            }

            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        }
    }

    async Task WithdrawAsync(NugetPackage package, CancellationToken cancel)
    {
        // Only what we pushed: the same contents.
        if (await feed.DigestAsync(package.Id, package.Version, cancel) == package.Digest)
        {
            await feed.WithdrawAsync(package.Id, package.Version, cancel);
        }
    }

    async Task<bool> IsThereAsync(Candidate candidate, CancellationToken cancel)
    {
        foreach (var package in Packages(candidate))
        {
            if (await feed.DigestAsync(package.Id, package.Version, cancel) != package.Digest)
            {
                return false;
            }
        }

        return true;
    }

    List<NugetPackage> Packages(Candidate candidate)
    {
        var globs = place.Environment.Nuget.Packages;
        var found = globs.Count > 0 ? FileGlobs.Find(candidate.Root, globs) : candidate.Files;
        var packages = found
            .Where(file => file.EndsWith(".nupkg", StringComparison.OrdinalIgnoreCase))
            .Select(file => NugetPackage.Read(Path.Combine(candidate.Root, file)))
            .ToList();
        return packages.Count > 0
            ? packages
            : throw new ReleaseException(
                $"There is no package among the artefacts of {candidate.Version}.",
                todo: "Let application.build make them, and list them under application.artifacts."
            );
    }

    static void CheckVersion(NugetPackage package, Candidate candidate)
    {
        if (NuGetVersion.TryParse(candidate.Version, out var wanted) && wanted.ToNormalizedString() != package.Version)
        {
            throw new ReleaseException(
                $"{package.FileName} does not have the release's version {candidate.Version}.",
                todo: "Pass RELEASE_VERSION to the build, as in dotnet pack -p:Version=$RELEASE_VERSION."
            );
        }
    }
}
