using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>What a branch makes by the strategy's branching model: releases, or pre-releases with a label.</summary>
/// <param name="Label">The first label of its pre-releases; null where it makes releases.</param>
public sealed record ReleaseLine(string? Label)
{
    /// <summary>The release that the branch's name announces: <c>release/1.4.0</c>.</summary>
    public ReleaseVersion? Announced { get; init; }

    /// <summary>What the versions of this branch must begin with: <c>support/1.x</c> makes 1.*, <c>1.4.x</c> makes 1.4.*.</summary>
    public IReadOnlyList<long> Within { get; init; } = [];

    /// <summary>Whether at most a patch may be released here.</summary>
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
        return branch is null || IsMain(branch, names) ? Plain : new ReleaseLine(LabelOf(branch));
    }

    static bool IsMain(string branch, BranchingSettings names) =>
        branch == names.MainBranch || (names.MainBranch == "main" && branch is "master" or "trunk");

    // A label holds ASCII letters, digits and hyphens only, so that nothing of a branch's name gets through that could do harm.
    static string LabelOf(string branch)
    {
        var label = new string([.. branch.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        label = label.Length > 40 ? label[..40].TrimEnd('-') : label;
        return label.Length == 0 || label.All(char.IsAsciiDigit) ? $"branch-{label}".TrimEnd('-') : label;
    }
}
