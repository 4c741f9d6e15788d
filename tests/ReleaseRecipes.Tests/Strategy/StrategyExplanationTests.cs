using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Strategy;

public sealed class StrategyExplanationTests
{
    readonly IReadOnlyList<EffectiveValue> values = StrategyExplanation.Of(StrategyFile.Read(Samples.Seed, "release-strategy.yml"));

    [TestCase("release_strategy.versioning.scheme", "semantic", "release-strategy.yml:4")]
    [TestCase("release_strategy.versioning.tag_prefix", "v", "default")]
    [TestCase("release_strategy.application.name", "none", "default")]
    [TestCase("release_strategy.deployment_strategy.production.canary_percentage", "[10, 25, 50, 100]", "release-strategy.yml:26")]
    [TestCase("release_strategy.deployment_strategy.production.interval", "5m", "default")]
    [TestCase("release_strategy.deployment_strategy.staging.approval_required", "false", "release-strategy.yml:20")]
    [TestCase("release_strategy.quality_gates[3].threshold", "p95_response_time < 2s", "release-strategy.yml:44")]
    [TestCase("release_strategy.steps.tag", "true", "default")]
    public void Every_value_is_told_with_where_it_comes_from(string path, string value, string source) =>
        Assert.That(values, Has.Member(new EffectiveValue(path, value, source)));

    [Test]
    public void Without_a_file_everything_is_a_default()
    {
        var defaults = StrategyExplanation.Of(StrategyDefaults.WithoutFile);

        Assert.That(defaults.Select(value => value.Source), Is.All.EqualTo("default"));
        Assert.That(
            defaults,
            Has.Member(new EffectiveValue("release_strategy.quality_gates[0].threshold", "success_rate = 100%", "default"))
        );
        Assert.That(defaults, Has.Member(new EffectiveValue("release_strategy.deployment_strategy", "{}", "default")));
    }
}
