using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Components;

/// <summary>Decides the versions of a repository's components, each from the commits that change its own files, those that others depend on first.</summary>
/// <param name="git">The repository.</param>
/// <param name="strategy">The rules, with at least one component.</param>
public sealed class ComponentVersions(GitRepository git, ReleaseStrategy strategy)
{
    readonly List<ComponentVersion> decided = [];

    /// <summary>The release of all components that have something to release. Needs no token and changes nothing.</summary>
    /// <param name="request">What the command line asks for.</param>
    /// <param name="only">The names of the components that it is asked for; empty: all.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <exception cref="ReleaseException">The request contradicts the history, or names no component where it has to.</exception>
    public async Task<VersionDecision> DecideAsync(VersionRequest request, IReadOnlyList<string> only, CancellationToken cancel = default)
    {
        ComponentStrategy.Named(strategy, only);
        if (request.ReleaseVersion is not null && only.Count != 1)
        {
            throw new ReleaseException(
                $"Which component is to become {request.ReleaseVersion}?",
                "--release-version",
                $"Name one: --component={strategy.Components[0].Name} --release-version={request.ReleaseVersion}",
                ExitCodes.WrongInput
            );
        }

        var histories = await ComponentHistories.ReadAsync(git, strategy, request.Branch, cancel);
        foreach (var (component, history) in histories.Of)
        {
            decided.Add(new ComponentVersion(component.Name, await DecideAsync(component, history, histories, request, only, cancel)));
        }

        return WholeRelease.Of(histories, decided, strategy.Versioning.BuildMetadata);
    }

    async Task<VersionDecision> DecideAsync(
        ComponentSettings component,
        History? history,
        ComponentHistories whole,
        VersionRequest request,
        IReadOnlyList<string> only,
        CancellationToken cancel
    )
    {
        var own = ComponentStrategy.Of(strategy, component);
        if (history is null)
        {
            return Left(component, whole, null, $"{whole.Branch} is the branch of another component.");
        }

        if (ReleaseLine.Of(history.Branch, own) is { Within.Count: > 0 } && history.Previous is null)
        {
            return Left(component, whole, null, $"{component.Name} has no release on the line {whole.Branch}.");
        }

        if (history.Previous is null && history.Commits.Count == 0)
        {
            return Left(component, whole, null, $"No commit changes {string.Join(" or ", component.Paths)}.");
        }

        history = await VersionSources.CheckAsync(history, git.Root, own.Versioning, cancel);
        var pull = PullOf(component);
        // Who is asked for by name is released; of all others only those that have something to release.
        var byItself = NextVersion.After(history, own, request with { Type = "auto", ReleaseVersion = null }, pull);
        var decision =
            only.Contains(component.Name) || (only.Count == 0 && !byItself.Nothing && request.Type != "auto")
                ? NextVersion.After(history, own, request, pull)
                : byItself;
        return (
            only.Count == 0 || only.Contains(component.Name) ? decision
            : decision.Nothing ? decision
            : Left(component, whole, history.Previous, $"--component leaves it out; it would become {decision.Version}.")
        ) with
        {
            Branch = whole.Branch,
        };
    }

    // The strongest of what released dependencies ask for.
    DependencyPull? PullOf(ComponentSettings component) =>
        component.DependencyBump == DependencyBump.None
            ? null
            : decided
                .Where(other => component.DependsOn.Contains(other.Name) && !other.Decision.Nothing)
                .Select(other => new DependencyPull(
                    component.DependencyBump == DependencyBump.Same && BumpTable.Parse(other.Decision.Bump) is { } bump ? bump : Bump.Patch,
                    $"{other.Name} {other.Decision.Version}, which it depends on"
                ))
                .MaxBy(pull => pull.Bump);

    static VersionDecision Left(ComponentSettings component, ComponentHistories whole, VersionTag? previous, string reason) =>
        new()
        {
            Version = previous?.Version.ToString() ?? "",
            FullVersion = previous?.Version.ToString() ?? "",
            Tag = previous?.Name ?? "",
            Previous = previous?.Version.ToString(),
            PreviousTag = previous?.Name,
            Bump = Bump.None.Word(),
            Reason = reason,
            Commit = whole.Head,
            Branch = whole.Branch,
            Nothing = true,
        };
}
