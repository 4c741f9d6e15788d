using System.Globalization;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>What a branch makes by the strategy's branching model: releases, or pre-releases with a label.</summary>
/// <param name="Label">The first label of its pre-releases; null where it makes releases.</param>
public sealed record ReleaseLine(string? Label)
{
    /// <summary>The release that the branch's name announces: <c>release/1.4.0</c>.</summary>
    public ReleaseVersion? Announced { get; init; }

    /// <summary>What the versions of this branch begin with: <c>support/1.x</c> makes 1.*, <c>1.4.x</c> makes 1.4.*.</summary>
    public IReadOnlyList<long> Within { get; init; } = [];

    /// <summary>Whether at most a patch is released here.</summary>
    public bool PatchOnly { get; init; }

    /// <summary>Whether a version belongs to this line.</summary>
    public bool Holds(ReleaseVersion version) =>
        Within.Select((number, index) => number == version.Numbers.ElementAtOrDefault(index)).All(same => same);

    /// <summary>A branch that makes releases.</summary>
    public static ReleaseLine Plain { get; } = new((string?)null);

    /// <summary>The line of a branch. A branch that nobody knows (a detached HEAD without a CI server) counts as the main one.</summary>
    public static ReleaseLine Of(string? branch, ReleaseStrategy strategy)
    {
        var names = strategy.Branching;
        if (branch is null || IsMain(branch, names))
        {
            return Plain;
        }

        if (MaintenanceOf(branch, names) is { Count: > 0 } within)
        {
            return Plain with { Within = within, PatchOnly = within.Count > 1 };
        }

        return names.Model switch
        {
            BranchingModel.Gitflow => Gitflow(branch, strategy),
            BranchingModel.GitlabFlow when IsEnvironment(branch, strategy) => Plain,
            _ => Feature(branch, names),
        };
    }

    static ReleaseLine Gitflow(string branch, ReleaseStrategy strategy)
    {
        var names = strategy.Branching;
        var label = strategy.Versioning.PreReleaseSuffix;
        var scheme = VersionSchemes.Of(strategy.Versioning);
        return After(branch, names.ReleasePrefix) is { } release ? new ReleaseLine(label) { Announced = AnnouncedIn(release, scheme) }
            : After(branch, names.HotfixPrefix) is { } hotfix
                ? new ReleaseLine(label) { Announced = AnnouncedIn(hotfix, scheme), PatchOnly = true }
            : branch == names.DevelopBranch ? new ReleaseLine("alpha")
            : Feature(branch, names);
    }

    static ReleaseLine Feature(string branch, BranchingSettings names) => new(LabelOf(After(branch, names.FeaturePrefix) ?? branch));

    static bool IsMain(string branch, BranchingSettings names) =>
        branch == names.MainBranch || (names.MainBranch == "main" && branch is "master" or "trunk");

    static bool IsEnvironment(string branch, ReleaseStrategy strategy) =>
        branch is "production" or "pre-production" or "staging" || strategy.Environments.Any(environment => environment.Name == branch);

    // support/1.x, support/1.4, 1.x, 1.4.x, v1.x, 1-4-stable: the line of an old version.
    static List<long> MaintenanceOf(string branch, BranchingSettings names)
    {
        var supported = After(branch, names.SupportPrefix);
        var stable = branch.EndsWith("-stable", StringComparison.Ordinal) ? branch[..^"-stable".Length].Replace('-', '.') : null;
        var parts = (supported ?? stable ?? branch).TrimStart('v').Split('.');
        var numbers = parts.TakeWhile(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)).ToList();
        var open = parts.Length - numbers.Count;
        var isLine = open == 0 ? supported is not null || stable is not null : open == 1 && parts[^1] is "x" or "X";
        return isLine && numbers.Count is 1 or 2 && numbers.All(number => number.Length < 18)
            ? [.. numbers.Select(number => long.Parse(number, CultureInfo.InvariantCulture))]
            : [];
    }

    static ReleaseVersion? AnnouncedIn(string name, IVersionScheme scheme)
    {
        var text = name.StartsWith('v') ? name[1..] : name;
        return (scheme.Parse(text) ?? scheme.Parse($"{text}.0")) is { IsPreRelease: false } version ? version : null;
    }

    static string? After(string branch, string prefix) =>
        prefix.Length > 0 && branch.StartsWith(prefix, StringComparison.Ordinal) && branch.Length > prefix.Length
            ? branch[prefix.Length..]
            : null;

    // A label holds ASCII letters, digits and hyphens only, so that nothing of a branch's name gets through that could do harm.
    static string LabelOf(string branch)
    {
        var label = new string([.. branch.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        label = label.Length > 40 ? label[..40].TrimEnd('-') : label;
        return label.Length == 0 || label.All(char.IsAsciiDigit) ? $"branch-{label}".TrimEnd('-') : label;
    }
}
