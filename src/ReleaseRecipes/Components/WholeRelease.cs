using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Components;

/// <summary>Puts the versions of several components together into the one release that they are made in.</summary>
static class WholeRelease
{
    /// <summary>The release; nothing where no component has anything to release.</summary>
    public static VersionDecision Of(ComponentHistories histories, IReadOnlyList<ComponentVersion> components, bool buildMetadata)
    {
        var released = components.Where(one => !one.Decision.Nothing).ToList();
        var shown = released.Count > 0 ? released : [.. components.Where(one => one.Decision.Version.Length > 0)];
        var name = ReleaseName.Of([.. shown.Select(one => (one.Name, one.Decision.Version))]);
        var before = shown.Where(one => one.Decision.Previous is not null).Select(one => (one.Name, one.Decision.Previous!)).ToList();
        return new VersionDecision
        {
            Version = name,
            FullVersion = buildMetadata && released.Count > 0 ? $"{name}+{histories.Head[..7]}" : name,
            Tag = string.Join(' ', shown.Select(one => one.Decision.Tag)),
            Previous = before.Count > 0 ? ReleaseName.Of(before) : null,
            Bump = released.Select(one => Rank(one.Decision.Bump)).DefaultIfEmpty(Bump.None).Max().Word(),
            Reason = released.Count switch
            {
                0 => $"None of the {components.Count} components has anything to release.",
                1 => released[0].Decision.Reason,
                _ => string.Join("; ", released.Select(one => $"{one.Name}: {one.Decision.Reason}")),
            },
            DecidingCommit = released
                .OrderByDescending(one => Rank(one.Decision.Bump))
                .Select(one => one.Decision.DecidingCommit)
                .FirstOrDefault(commit => commit is not null),
            Commit = histories.Head,
            Branch = histories.Branch,
            Commits =
            [
                .. released
                    .SelectMany(one => one.Decision.Commits)
                    .DistinctBy(one => one.Commit.Hash)
                    .OrderByDescending(one => one.Commit.Date),
            ],
            TakenBack = [.. released.SelectMany(one => one.Decision.TakenBack).DistinctBy(one => one.Commit.Hash)],
            Nothing = released.Count == 0,
            Warnings = [.. components.SelectMany(one => one.Decision.Warnings.Select(warning => $"{one.Name}: {warning}"))],
            Components = components,
            Outside = histories.Outside,
        };
    }

    static Bump Rank(string word) => word == "prerelease" ? Bump.Prerelease : BumpTable.Parse(word) ?? Bump.None;
}
