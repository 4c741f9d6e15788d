using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>What is to be brought to an environment.</summary>
/// <param name="Version">The release's version.</param>
/// <param name="Tag">Its tag.</param>
/// <param name="Commit">Its commit, full hash.</param>
/// <param name="Digest">SHA-256 over the artefacts' paths and contents; of the commit where nothing is built.</param>
public sealed record Candidate(string Version, string Tag, string Commit, string Digest)
{
    /// <summary>The artefacts' files, relative to <see cref="Root"/>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The folder that the artefacts are copied from.</summary>
    public string Root { get; init; } = "";
}

/// <summary>One candidate on its way into one environment.</summary>
/// <param name="Environment">The environment's settings.</param>
/// <param name="Application">The application's settings.</param>
/// <param name="Candidate">What is deployed.</param>
/// <param name="Stable">The last verified version there; null where nothing was deployed before.</param>
public sealed record Rollout(EnvironmentSettings Environment, ApplicationSettings Application, Candidate Candidate, string? Stable);

/// <summary>Turns a rollout into the list of its moves. Pure: plans, never acts.</summary>
public interface IDeploymentStrategy
{
    /// <summary>Its name in the strategy file.</summary>
    string Name { get; }

    /// <summary>The moves in their order.</summary>
    IReadOnlyList<Move> Plan(Rollout rollout);
}
