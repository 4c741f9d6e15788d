using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Strategy;

public sealed class StrategyFileTests
{
    [Test]
    public void The_seed_example_is_valid_unchanged()
    {
        var strategy = StrategyFile.Read(Samples.Seed, "release-strategy.yml");

        Assert.That(strategy.Branching.Model, Is.EqualTo(BranchingModel.Gitflow));
        Assert.That(
            strategy.Environments.Select(environment => (environment.Name, environment.Type)),
            Is.EqualTo([("staging", "blue_green"), ("production", "canary")])
        );
        Assert.That(strategy.Environments.Select(environment => environment.Approvals.Required), Is.EqualTo([false, true]));
        Assert.That(strategy.Environments[1].RollbackThreshold, Is.EqualTo("error_rate > 1% OR response_time > 2s"));
        Assert.That(
            strategy.QualityGates.Select(gate => (gate.Name, gate.Required)),
            Is.EqualTo([("unit_tests", true), ("integration_tests", true), ("security_scan", true), ("performance_tests", false)])
        );
        Assert.That(strategy.Notifications.Channels, Is.EqualTo(["email", "slack", "jira"]));
        Assert.That(strategy.Notifications.Stakeholders, Has.Count.EqualTo(4));
    }

    [Test]
    public void Every_key_reaches_its_record()
    {
        var strategy = StrategyFile.Read(Samples.Everything, "release-strategy.yml");

        var untouched = StrategyExplanation
            .Of(strategy)
            .Where(value => value.Source == "default" || StrategyExplanation.Of(StrategyFile.Read(Minimal, "m.yml")).Contains(value));
        // The keys of a monorepo do not go with all of the others, and have a file of their own.
        var touched = StrategyExplanation
            .Of(StrategyFile.Read(Samples.Components, "c.yml"))
            .Where(value => value.Source != "default")
            .Select(value => value.Path)
            .ToList();
        Assert.That(untouched.Where(value => !touched.Exists(path => path.StartsWith(value.Path, StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public void Values_are_read_as_their_records_hold_them()
    {
        var strategy = StrategyFile.Read(Samples.Everything, "release-strategy.yml");
        var production = strategy.Environments.Single();

        Assert.Multiple(() =>
        {
            Assert.That(strategy.Application.HealthPath, Is.EqualTo("/health"));
            Assert.That(strategy.Versioning.Scheme, Is.EqualTo(VersionScheme.Calendar));
            Assert.That(
                strategy.Versioning.Bumps,
                Is.EquivalentTo(new Dictionary<string, string> { ["perf"] = "none", ["docs"] = "patch" })
            );
            Assert.That(strategy.Versioning.StrictBreakingFooter, Is.True);
            Assert.That(strategy.ParallelGates, Is.EqualTo(3));
            Assert.That(strategy.QualityGates[0].Timeout, Is.EqualTo(TimeSpan.FromMinutes(10)));
            Assert.That(production.Approvals is { Required: true, Minimum: 2, Signed: true, AllowOverride: true }, Is.True);
            Assert.That(production.Approvals.Expiry, Is.EqualTo(TimeSpan.FromDays(1)));
            Assert.That(production.CanaryPercentage, Is.EqualTo([5, 100]));
            Assert.That(production.RollbackOnNoData, Is.True);
            Assert.That(production.Kubernetes.Workloads, Is.EqualTo(["app-a", "app-b"]));
            Assert.That(production.Local.Port, Is.EqualTo(8080));
            Assert.That(strategy.Ledger.Ref, Is.EqualTo("refs/heads/ledger"));
            Assert.That(strategy.DisabledSteps, Is.EquivalentTo(["Changelog", "Package", "Tag", "DeployStaging", "DeployProduction"]));
            Assert.That(strategy.Notifications.Email.Tls, Is.False);
        });
    }

    [Test]
    public async Task Without_a_file_the_defaults_hold_and_there_is_nothing_to_deploy_to()
    {
        using var folder = new TemporaryFolder();

        var strategy = await StrategyFile.ReadAsync(null, folder.Path);

        Assert.That(strategy.QualityGates.Select(gate => gate.Name), Is.EqualTo(["unit_tests", "build_validation"]));
        Assert.That(strategy.Environments, Is.Empty);
        Assert.That(strategy.Path, Is.Null);
        Assert.That(strategy.Hash, Has.Length.EqualTo(64));
    }

    [Test]
    public async Task A_file_is_read_from_the_repositorys_top_and_hashed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("release-strategy.yml", Minimal);

        var strategy = await StrategyFile.ReadAsync(null, folder.Path);

        Assert.That(strategy.Path, Is.EqualTo(folder["release-strategy.yml"]));
        Assert.That(
            strategy.Hash,
            Is.EqualTo(StrategyFile.Read(Minimal, "x").Hash).And.Not.EqualTo(StrategyFile.Read(Minimal + "\n", "x").Hash)
        );
    }

    [Test]
    public async Task A_file_that_was_asked_for_must_be_there()
    {
        using var folder = new TemporaryFolder();

        var problem = await Assert.ThrowsAsync<ReleaseException>(() => StrategyFile.ReadAsync("other.yml", folder.Path));

        Assert.That(problem!.ExitCode, Is.EqualTo(ExitCodes.WrongInput));
    }

    [Test]
    public async Task A_file_of_the_other_extension_is_not_passed_over_in_silence()
    {
        using var folder = new TemporaryFolder();
        folder.Write("release-strategy.yaml", Minimal);

        await Assert.ThrowsAsync<ReleaseException>(() => StrategyFile.ReadAsync(null, folder.Path));
    }

    [Test]
    public void A_file_without_gates_keeps_the_default_ones_and_an_empty_list_has_none()
    {
        Assert.That(StrategyFile.Read(Minimal, "x").QualityGates, Has.Count.EqualTo(2));
        Assert.That(StrategyFile.Read("release_strategy: { quality_gates: [] }", "x").QualityGates, Is.Empty);
    }

    [Test]
    public void Describing_approvals_requires_them()
    {
        var strategy = StrategyFile.Read("release_strategy: { deployment_strategy: { production: { approvals: { minimum: 2 } } } }", "x");

        Assert.That(strategy.Environments[0].Approvals is { Required: true, Minimum: 2 }, Is.True);
    }

    [Test]
    public void What_is_missing_to_deploy_is_told_apart_from_what_is_wrong()
    {
        var gaps = StrategyFile.WhatIsMissing(StrategyFile.Read(Samples.Seed, "x"));

        Assert.That(gaps.Select(gap => gap.Path), Is.All.EqualTo("release_strategy.application.start"));
        Assert.That(
            gaps.Select(gap => gap.What),
            Is.EqualTo([
                "staging cannot be deployed to: nothing says how the application is started",
                "production cannot be deployed to: nothing says how the application is started",
            ])
        );
        Assert.That(StrategyFile.WhatIsMissing(StrategyFile.Read(Samples.Everything, "x")), Is.Empty);
    }

    [TestCase("kubernetes", "release_strategy.application.image")]
    [TestCase("nuget", "release_strategy.deployment_strategy.prod.nuget.source")]
    [TestCase("command", "release_strategy.deployment_strategy.prod.command.deploy")]
    public void Each_provider_says_what_it_lacks(string provider, string path)
    {
        var strategy = StrategyFile.Read($"release_strategy: {{ deployment_strategy: {{ prod: {{ provider: {provider} }} }} }}", "x");

        Assert.That(StrategyFile.WhatIsMissing(strategy).Single().Path, Is.EqualTo(path));
    }

    [Test]
    public void A_build_may_bring_names_of_its_own()
    {
        const string text = "release_strategy: { deployment_strategy: { prod: { type: shadow } } }";
        var names = ReleaseRecipes.Strategy.Reading.KnownNames.BuiltIn with { DeploymentTypes = ["canary", "shadow"] };

        Assert.That(StrategyFile.Read(text, "x", names).Environments[0].Type, Is.EqualTo("shadow"));
        Assert.Throws<ReleaseException>(() => StrategyFile.Read(text, "x"));
    }

    const string Minimal = "release_strategy:\n  versioning:\n    scheme: semantic\n";
}
