using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>One question for the next version, answered from a history that was read before.</summary>
/// <param name="history">What git knows.</param>
/// <param name="strategy">The rules.</param>
/// <param name="request">What the command line asks for.</param>
/// <param name="weight">What the commits since the last release add up to.</param>
/// <param name="pull">What a released dependency asks for; null: there is none.</param>
sealed class VersionQuestion(History history, ReleaseStrategy strategy, VersionRequest request, Weight weight, DependencyPull? pull)
{
    readonly bool pulled = pull?.Bump > weight.Bump;
    readonly IReadOnlyList<ReleaseCommit> commits = weight.Standing;
    readonly IVersionScheme scheme = VersionSchemes.Of(strategy.Versioning);
    readonly ReleaseLine line = ReleaseLine.Of(history.Branch, strategy);
    readonly DateOnly today = request.Date ?? DateOnly.FromDateTime(DateTime.UtcNow);
    readonly List<string> warnings = [];

    ReleaseVersion? Previous => history.Previous?.Version;

    /// <summary>The next version.</summary>
    public VersionAnswer Answer()
    {
        var asked = request.ReleaseVersion is { Length: > 0 } text ? RequestedVersion.Parse(text, strategy.Versioning, scheme) : null;
        if (OnHead(asked) is { } there)
        {
            return There(there);
        }

        UnparsedPolicy.Apply(commits, strategy.Changelog.UnparsedCommits, warnings);
        if (asked is not null)
        {
            return Exactly(asked, $"--release-version={asked} was asked for.", null);
        }

        var byCommits = pulled ? pull!.Bump : weight.Bump;
        var forced = RequestedVersion.Bump(request.Type, byCommits);
        if (forced is null && ReleaseAs.Of(commits, history.Range, history.Head, scheme, Previous, warnings) is { } named)
        {
            return Exactly(named.Version, $"{named.Commit} (Release-As: {named.Version})", named.Commit);
        }

        var announced = PreReleases.Announced(history, strategy.Versioning.PreReleaseSuffix);
        return history.Previous is { } previous && forced is null && byCommits == Bump.None && (announced is null || line.Label is not null)
            ? Nothing(previous)
            : Next(forced ?? byCommits, forced is null && !pulled ? weight.Deciding : null, announced);
    }

    VersionAnswer Next(Bump bump, ReleaseCommit? deciding, VersionTag? announced)
    {
        bump = Allowed(bump, deciding);
        var core = Core(bump, announced);
        var label = line.Label ?? (request.Type == "prerelease" ? strategy.Versioning.PreReleaseSuffix : null);
        if (label is null)
        {
            var promoted = announced is not null && announced.Version.Release == core ? announced : null;
            return Answered(core, Difference(core, bump), deciding, history.Previous, commits, promoted);
        }

        var last = PreReleases.Last(history, core, label);
        var since = last is null ? commits : PreReleases.Since(last, commits, history.Range);
        return last is not null && since.Count == 0 && !pulled
            ? There(last)
            : Answered(PreReleases.Next(history, core, label), Bump.Prerelease, deciding, last ?? history.Previous, since, null);
    }

    // The release that is worked towards: announced by the branch's name, by a pre-release that the commits stay below, or by the commits.
    ReleaseVersion Core(Bump bump, VersionTag? announced)
    {
        if (line.Announced is { } named && (Previous is null || named > Previous))
        {
            return named;
        }

        var next =
            Previous is null ? Free(history.Source?.Release ?? scheme.First(today), Bump.Minor)
            : bump == Bump.None ? Previous
            : Free(scheme.Next(Previous, bump, today), bump);
        next = announced is not null && announced.Version.Release > next ? announced.Version.Release : next;
        return line.Holds(next)
            ? next
            : throw Wrong(
                $"The commits ask for {next}, which does not belong on {history.Branch}: {weight.Deciding}",
                "Release it from another branch, or ask for --type=patch."
            );
    }

    // On the line of a hotfix or of one minor version nothing more than a patch is released.
    Bump Allowed(Bump bump, ReleaseCommit? deciding)
    {
        if (!line.PatchOnly || bump <= Bump.Patch || line.Within.Count > 0)
        {
            return bump;
        }

        if (deciding is not null)
        {
            warnings.Add($"{deciding} asks for a {bump.Word()} version, but {history.Branch} makes a patch.");
        }

        return Bump.Patch;
    }

    VersionAnswer Answered(
        ReleaseVersion version,
        Bump bump,
        ReleaseCommit? deciding,
        VersionTag? previous,
        IReadOnlyList<ReleaseCommit> since,
        VersionTag? promoted
    )
    {
        var reason =
            deciding is not null ? Reasons.Of(deciding)
            : pulled && request.Type == "auto" ? pull!.Reason
            : promoted is not null ? $"{promoted.Name} is promoted."
            : history.Previous is null ? $"{version} is the first release: no tag names a version yet."
            : $"--type={request.Type} was asked for.";
        return new VersionAnswer(
            version,
            bump,
            deciding is not null && promoted is not null ? $"{reason} (promotes {promoted.Name})" : reason
        )
        {
            Previous = previous,
            Deciding = deciding,
            Commits = since,
            Warnings = warnings,
        };
    }

    VersionAnswer Exactly(ReleaseVersion asked, string reason, ReleaseCommit? deciding)
    {
        if (Previous is { } previous && asked <= previous)
        {
            throw Wrong($"{asked} does not come after {previous}, the last release.", "Ask for a greater version.");
        }

        if (history.Tags.FirstOrDefault(tag => tag.Version == asked) is { } taken)
        {
            throw Wrong($"{asked} was released already, from commit {taken.Commit[..7]} ({taken.Name}).", "Ask for another version.");
        }

        return new VersionAnswer(asked, asked.IsPreRelease ? Bump.Prerelease : Difference(asked, Bump.Minor), reason)
        {
            Previous = history.Previous,
            Deciding = deciding,
            Commits = commits,
            Warnings = warnings,
        };
    }

    VersionAnswer There(VersionTag tag) => Released(tag, history.Previous, $"{tag.Name} is on this commit already.");

    VersionAnswer Nothing(VersionTag previous) => Released(previous, previous, Reasons.OfNothing(previous, weight));

    VersionAnswer Released(VersionTag tag, VersionTag? previous, string reason) =>
        new(tag.Version, Bump.None, reason)
        {
            Previous = previous,
            Commits = commits,
            Nothing = true,
            Tag = tag.Name,
            Warnings = warnings,
        };

    // What is on HEAD counts as released: the version asked for, or else the release; a pre-release can still be promoted.
    VersionTag? OnHead(ReleaseVersion? asked) =>
        history
            .Tags.Where(tag => tag.Commit == history.Head && (asked is null ? !tag.Version.IsPreRelease : tag.Version == asked))
            .MaxBy(tag => tag.Version);

    // A version that was released from another branch is taken for good: the next free one is meant.
    ReleaseVersion Free(ReleaseVersion version, Bump bump)
    {
        while (history.Tags.FirstOrDefault(tag => tag.Version == version) is { } taken)
        {
            warnings.Add(
                $"{version} was released from another branch already ({taken.Name} on {taken.Commit[..7]}), so it is passed over."
            );
            version = scheme.Next(version, bump, today);
        }

        return version;
    }

    Bump Difference(ReleaseVersion version, Bump otherwise) =>
        Previous is null || strategy.Versioning.Scheme != VersionScheme.Semantic ? otherwise
        : version.Major > Previous.Major ? Bump.Major
        : version.Minor > Previous.Minor ? Bump.Minor
        : Bump.Patch;

    static ReleaseException Wrong(string what, string todo) => new(what, null, todo, ExitCodes.WrongInput);
}
