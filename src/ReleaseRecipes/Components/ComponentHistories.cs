using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Components;

/// <summary>What git knows of the components of one repository.</summary>
/// <param name="Head">The full hash of HEAD.</param>
/// <param name="Branch">The branch that HEAD is on; null where none is known.</param>
/// <param name="Of">The components in their order, each with what is its own since its last release; null for one that the branch is not for.</param>
/// <param name="Outside">The commits of the range that belong to no component, newest first.</param>
sealed record ComponentHistories(
    string Head,
    string? Branch,
    IReadOnlyList<(ComponentSettings Component, History? History)> Of,
    IReadOnlyList<GitCommit> Outside
)
{
    /// <summary>Reads them: refs and branch once, one walk a component over its own range, and the changed files of all by one process.</summary>
    public static async Task<ComponentHistories> ReadAsync(
        GitRepository git,
        ReleaseStrategy strategy,
        string? branch,
        CancellationToken cancel
    )
    {
        var refs = await GitRefs.ReadAsync(git, cancel);
        var name = await BranchName.OfAsync(git, branch, Environment.GetEnvironmentVariable, cancel);
        var reader = new HistoryReader(git);
        var whole = new List<(ComponentSettings Component, History? History)>();
        foreach (var component in ComponentOrder.Of(strategy.Components))
        {
            var seen = name is null ? null : ComponentBranch.Of(name, component.Name, strategy);
            var own = ComponentStrategy.Of(strategy, component);
            whole.Add((component, name is null || seen is not null ? await reader.ReadAsync(own, refs, seen, cancel) : null));
        }

        List<GitCommit> commits =
        [
            .. whole
                .Select(one => one.History)
                .OfType<History>()
                .SelectMany(one => one.Commits.Concat(one.Merged))
                .DistinctBy(one => one.Hash),
        ];
        var files = await ChangedFiles.ReadAsync(git, commits, cancel);
        var folders = await ComponentFolders.ReadAsync(git, strategy.Components, files.Moves, cancel);
        bool Belongs(string component, GitCommit commit) =>
            files.ByCommit.TryGetValue(commit.Hash, out var changed) && folders.Holds(component, changed);
        return new ComponentHistories(
            refs.Head!,
            name,
            [.. whole.Select(one => (one.Component, one.History?.Only(commit => Belongs(one.Component.Name, commit))))],
            [.. commits.Where(commit => !strategy.Components.Any(component => Belongs(component.Name, commit)))]
        );
    }
}
