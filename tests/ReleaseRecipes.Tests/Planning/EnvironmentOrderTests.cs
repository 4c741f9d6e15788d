using ReleaseRecipes.Planning;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Planning;

public sealed class EnvironmentOrderTests
{
    static string Names(IEnumerable<EnvironmentSettings> environments) =>
        string.Join(' ', environments.Select(environment => environment.Name));

    static IReadOnlyList<EnvironmentSettings> File(string names) =>
        [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => new EnvironmentSettings(name))];

    [TestCase("staging production", "staging", "production", "")]
    [TestCase("qa staging eu production us", "qa staging", "eu production", "us")]
    [TestCase("production staging", "staging", "production", "")]
    [TestCase("production", "", "production", "")]
    [TestCase("east west", "", "", "east west")]
    [TestCase("", "", "", "")]
    public void Each_environment_belongs_to_one_step_and_staging_comes_before_production(
        string file,
        string staging,
        string production,
        string after
    )
    {
        var environments = File(file);

        Assert.That(Names(EnvironmentOrder.UpToStaging(environments)), Is.EqualTo(staging));
        Assert.That(Names(EnvironmentOrder.UpToProduction(environments)), Is.EqualTo(production));
        Assert.That(Names(EnvironmentOrder.AfterProduction(environments)), Is.EqualTo(after));
    }
}
