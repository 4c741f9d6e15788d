using System.Globalization;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>One question for the next version, answered from a history that was read before.</summary>
/// <param name="history">What git knows.</param>
/// <param name="strategy">The rules.</param>
/// <param name="request">What the command line asks for.</param>
/// <param name="weight">What the commits since the last release add up to.</param>
sealed class VersionQuestion(History history, ReleaseStrategy strategy, VersionRequest request, Weight weight)
{
    readonly IReadOnlyList<ReleaseCommit> commits = weight.Standing;
    readonly IVersionScheme scheme = VersionSchemes.Of(strategy.Versioning);
    readonly ReleaseLine line = ReleaseLine.Of(history.Branch, strategy);
    readonly DateOnly today = request.Date ?? DateOnly.FromDateTime(DateTime.UtcNow);
    readonly List<string> warnings = [];

    /// <summary>The next version.</summary>
    public VersionAnswer Answer()
    {
        var asked = request.ReleaseVersion is { Length: > 0 } text ? Asked(text) : null;
        if (OnHead(asked) is { } there)
        {
            return There(there);
        }

        if (asked is not null)
        {
            return Exactly(asked);
        }

        var forced = Forced();
        return history.Previous is { } previous && forced is null && weight.Bump == Bump.None
            ? Nothing(previous)
            : Next(forced ?? weight.Bump, forced is null ? weight.Deciding : null);
    }

    VersionAnswer Next(Bump bump, ReleaseCommit? deciding)
    {
        var core = history.Previous is null ? First() : Free(scheme.Next(history.Previous.Version, bump, today), bump);
        var label = line.Label ?? (request.Type == "prerelease" ? strategy.Versioning.PreReleaseSuffix : null);
        if (label is not null)
        {
            return PreRelease(core, label, deciding);
        }

        return Answered(core, bump, deciding, history.Previous, commits);
    }

    VersionAnswer PreRelease(ReleaseVersion core, string label, ReleaseCommit? deciding)
    {
        var earlier = history
            .Tags.Where(tag => tag.Version.IsPreRelease && tag.Version.Release == core && Number(tag.Version, label) is not null)
            .OrderByDescending(tag => tag.Version)
            .ToList();
        var last = earlier.Find(history.Reached.Contains);
        var since = last is null ? commits : Since(last);
        if (last is not null && since.Count == 0)
        {
            return There(last);
        }

        var number = earlier.Count == 0 ? 1 : Number(earlier[0].Version, label)!.Value + 1;
        var version = core.With(string.Create(CultureInfo.InvariantCulture, $"{label}.{number}"));
        return Answered(version, Bump.Prerelease, deciding, last ?? history.Previous, since);
    }

    VersionAnswer Answered(
        ReleaseVersion version,
        Bump bump,
        ReleaseCommit? deciding,
        VersionTag? previous,
        IReadOnlyList<ReleaseCommit> since
    )
    {
        var reason =
            deciding is not null ? Reasons.Of(deciding)
            : history.Previous is null ? $"{version} is the first release: no tag names a version yet."
            : $"--type={request.Type} was asked for.";
        return new VersionAnswer(version, bump, reason)
        {
            Previous = previous,
            Deciding = deciding,
            Commits = since,
            Warnings = warnings,
        };
    }

    VersionAnswer Exactly(ReleaseVersion asked)
    {
        if (history.Previous is { } previous && asked <= previous.Version)
        {
            throw Wrong($"{asked} does not come after {previous.Version}, the last release.", "Ask for a greater version.");
        }

        if (history.Tags.FirstOrDefault(tag => tag.Version == asked) is { } taken)
        {
            throw Wrong($"{asked} was released already, from commit {taken.Commit[..7]} ({taken.Name}).", "Ask for another version.");
        }

        var bump = asked.IsPreRelease ? Bump.Prerelease : Distance(history.Previous?.Version, asked);
        return new VersionAnswer(asked, bump, $"--release-version={asked} was asked for.")
        {
            Previous = history.Previous,
            Commits = commits,
        };
    }

    VersionAnswer There(VersionTag tag) =>
        new(tag.Version, Bump.None, $"{tag.Name} is on this commit already.")
        {
            Previous = history.Previous,
            Commits = commits,
            Nothing = true,
            Tag = tag.Name,
        };

    VersionAnswer Nothing(VersionTag previous) =>
        new(previous.Version, Bump.None, Reasons.OfNothing(previous, commits))
        {
            Previous = previous,
            Commits = commits,
            Nothing = true,
            Tag = previous.Name,
        };

    // What is on HEAD counts as released: the version asked for, or else the release; a pre-release can still be promoted.
    VersionTag? OnHead(ReleaseVersion? asked) =>
        history
            .Tags.Where(tag => tag.Commit == history.Head && (asked is null ? !tag.Version.IsPreRelease : tag.Version == asked))
            .MaxBy(tag => tag.Version);

    Bump? Forced() =>
        request.Type switch
        {
            "auto" or "" => null,
            "major" => Bump.Major,
            "minor" => Bump.Minor,
            "patch" or "hotfix" => Bump.Patch,
            "prerelease" => BumpTable.Max(weight.Bump, Bump.Patch),
            _ => throw Wrong($"--type={request.Type} is none.", "Write --type=auto, major, minor, patch, prerelease or hotfix."),
        };

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

    ReleaseVersion First() => Free(history.Source?.Release ?? scheme.First(today), Bump.Minor);

    ReleaseVersion Asked(string text) =>
        scheme.Parse(text)
        ?? (
            text.StartsWith(strategy.Versioning.TagPrefix, StringComparison.Ordinal)
                ? scheme.Parse(text[strategy.Versioning.TagPrefix.Length..])
                : null
        )
        ?? throw Wrong(
            $"'{text}' is no version of the {strategy.Versioning.Scheme.ToString().ToLowerInvariant()} scheme.",
            "Write it such as 1.4.0."
        );

    IReadOnlyList<ReleaseCommit> Since(VersionTag tag)
    {
        var known = commits.ToDictionary(commit => commit.Commit.Hash);
        var older = new HashSet<string>();
        var pending = new Stack<string>([tag.Commit]);
        while (pending.TryPop(out var hash))
        {
            if (older.Add(hash) && known.TryGetValue(hash, out var commit))
            {
                foreach (var parent in commit.Commit.Parents)
                {
                    pending.Push(parent);
                }
            }
        }

        return [.. commits.Where(commit => !older.Contains(commit.Commit.Hash))];
    }

    static long? Number(ReleaseVersion version, string label) =>
        version.PreRelease.StartsWith(label + ".", StringComparison.Ordinal)
        && long.TryParse(version.PreRelease.AsSpan(label.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    static Bump Distance(ReleaseVersion? from, ReleaseVersion to) =>
        from is null || to.Major > from.Major ? Bump.Major
        : to.Minor > from.Minor ? Bump.Minor
        : Bump.Patch;

    static ReleaseException Wrong(string what, string todo) => new(what, null, todo, ExitCodes.WrongInput);
}
