using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Planning;

/// <summary>The order in which environments are deployed: the file's, but never production before staging.</summary>
public static class EnvironmentOrder
{
    const string Staging = "staging";
    const string Production = "production";

    /// <summary>All environments in their order.</summary>
    public static IReadOnlyList<EnvironmentSettings> Of(IReadOnlyList<EnvironmentSettings> environments)
    {
        var staging = environments.Select(environment => environment.Name).ToList().IndexOf(Staging);
        return staging < 0
            ? environments
            :
            [
                .. environments.Take(staging).Where(environment => environment.Name != Production),
                environments[staging],
                .. environments.Take(staging).Where(environment => environment.Name == Production),
                .. environments.Skip(staging + 1),
            ];
    }

    /// <summary>The environments that the step DeployStaging takes care of: all up to staging.</summary>
    public static IReadOnlyList<EnvironmentSettings> UpToStaging(IReadOnlyList<EnvironmentSettings> environments) =>
        UpTo(Of(environments), Staging);

    /// <summary>The environments that the step DeployProduction takes care of: all after staging, up to production.</summary>
    public static IReadOnlyList<EnvironmentSettings> UpToProduction(IReadOnlyList<EnvironmentSettings> environments) =>
        [.. UpTo(Of(environments), Production).Except(UpToStaging(environments))];

    /// <summary>The environments after production, which the umbrella Release takes care of; all of them where there is neither staging nor production.</summary>
    public static IReadOnlyList<EnvironmentSettings> AfterProduction(IReadOnlyList<EnvironmentSettings> environments) =>
        [.. Of(environments).Except(UpToStaging(environments)).Except(UpToProduction(environments))];

    static IReadOnlyList<EnvironmentSettings> UpTo(IReadOnlyList<EnvironmentSettings> ordered, string name)
    {
        var last = ordered.Select(environment => environment.Name).ToList().IndexOf(name);
        return [.. ordered.Take(last + 1)];
    }
}
