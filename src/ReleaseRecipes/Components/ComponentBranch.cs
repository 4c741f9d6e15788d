using System.Text.RegularExpressions;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Components;

/// <summary>
/// What a branch means to one component. <c>release/core/1.4.0</c> announces a version of core alone, <c>support/core/1.x</c> and
/// <c>core/1.x</c> are lines of core alone.
/// </summary>
static partial class ComponentBranch
{
    /// <summary>The branch as if the component were the whole repository; null where the branch is another component's.</summary>
    public static string? Of(string branch, string component, ReleaseStrategy strategy)
    {
        var parts = branch.Split('/');
        var names = strategy.Components.Select(one => one.Name).ToList();
        var at = Array.FindIndex(parts, 0, Math.Max(0, parts.Length - 1), names.Contains);
        if (at < 0 || !IsLine(parts, at, strategy.Branching))
        {
            // A version in the name of a branch that is all components' is no version of any of them.
            return Version().IsMatch(parts[^1]) && IsOfVersion(parts[..^1], strategy.Branching)
                ? string.Join('/', [.. parts[..^1], "components"])
                : branch;
        }

        return parts[at] == component ? string.Join('/', [.. parts[..at], .. parts[(at + 1)..]]) : null;
    }

    static bool IsLine(string[] parts, int at, BranchingSettings names)
    {
        var before = parts[..at];
        return before.Length == 0 ? Version().IsMatch(parts[^1]) : IsOfVersion(before, names) || Prefix(before) == names.SupportPrefix;
    }

    static bool IsOfVersion(string[] before, BranchingSettings names) =>
        Prefix(before) is { Length: > 0 } prefix && (prefix == names.ReleasePrefix || prefix == names.HotfixPrefix);

    static string Prefix(string[] before) => string.Concat(before.Select(part => $"{part}/"));

    [GeneratedRegex(@"^v?[0-9]+([.-][0-9x]+)*(-stable)?$")]
    private static partial Regex Version();
}
