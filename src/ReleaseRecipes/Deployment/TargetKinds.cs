using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>A kind of place to deploy to, chosen in the strategy file by <c>provider:</c>.</summary>
public interface ITargetKind
{
    /// <summary>Its name in the strategy file.</summary>
    string Name { get; }

    /// <summary>What is missing to deploy there (a tool, a setting, a credential's variable), each with what to do; found without a token and without a change.</summary>
    Task<IReadOnlyList<string>> MissingAsync(TargetPlace place, CancellationToken cancel);

    /// <summary>What <c>Doctor</c> tells of the place beyond what is missing, line by line. The place may be asked; nothing is changed.</summary>
    Task<IReadOnlyList<string>> AdviseAsync(TargetPlace place, CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>The place itself.</summary>
    ITarget Open(TargetPlace place);
}

/// <summary>A kind of metric source, chosen in the strategy file by <c>metrics: provider:</c>.</summary>
public interface IMetricSourceKind
{
    /// <summary>Its name in the strategy file.</summary>
    string Name { get; }

    /// <summary>The source for one environment.</summary>
    IMetricSource Open(TargetPlace place, ITarget target);
}

/// <summary>One environment as a place.</summary>
/// <param name="Environment">Its settings.</param>
/// <param name="Application">The application's settings.</param>
/// <param name="Root">The repository's top folder.</param>
/// <param name="GitDirectory">The git directory, where local state is kept (under <c>release-recipes/</c>).</param>
/// <param name="Fence">The fencing number of the lease that this command holds; 0 for commands that only read.</param>
public sealed record TargetPlace(
    EnvironmentSettings Environment,
    ApplicationSettings Application,
    string Root,
    string GitDirectory,
    long Fence
);
