using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Flow;

/// <summary>Deploys the release to some environments, one after the other.</summary>
public sealed class DeployEnvironments(ReleaseSession release)
{
    /// <summary>Stops at the first environment that is not verified at the end.</summary>
    public async Task RunAsync(IReadOnlyList<EnvironmentSettings> environments, CancellationToken cancel)
    {
        if (environments.Count == 0 || !await new Preparation(release).DoneAsync(cancel))
        {
            return;
        }

        foreach (var environment in environments)
        {
            await new DeployEnvironment(release, environment).RunAsync(again: false, cancel);
        }
    }
}
