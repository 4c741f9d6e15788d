using System.Text.RegularExpressions;
using ReleaseRecipes.Flow;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace ReleaseRecipes.Tests;

/// <summary>The files that Init and the template package write.</summary>
public sealed partial class InitFilesTests
{
    [TestCase("service", "release_strategy.application.start")]
    [TestCase("library")]
    [TestCase("monorepo")]
    public void A_strategy_is_valid_and_lacks_only_what_has_to_be_chosen(string type, params string[] toChoose)
    {
        var strategy = StrategyFile.Read(File(type, "github", "release-strategy.yml"), "release-strategy.yml");

        Assert.That(StrategyFile.WhatIsMissing(strategy).Select(gap => gap.Path).Distinct(), Is.EqualTo(toChoose));
    }

    [TestCase("github", ".github/workflows/release.yml", "fetch-depth", "0")]
    [TestCase("gitlab", ".gitlab-ci.yml", "GIT_DEPTH", "0")]
    [TestCase("azure", "azure-pipelines.yml", "fetchDepth", "0")]
    public void A_workflow_brings_the_whole_history_into_every_job(string server, string path, string key, string value)
    {
        var workflow = Yaml(server, path);
        var checkouts = Mappings(workflow)
            .Where(node => Scalar(node, "uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true);

        Assert.That(
            Mappings(workflow).Select(node => Scalar(node, key)).Where(found => found is not null),
            Is.All.EqualTo(value).And.Not.Empty
        );
        Assert.That(checkouts.Select(node => Scalar((YamlMappingNode)node["with"], key)), Is.All.EqualTo(value));
    }

    [Test]
    public void On_GitHub_only_the_release_may_write_and_no_release_is_cut_off()
    {
        var workflow = Yaml("github", ".github/workflows/release.yml");
        var jobs = (YamlMappingNode)workflow["jobs"];
        var release = (YamlMappingNode)jobs["release"];

        Assert.That(Scalar((YamlMappingNode)workflow["permissions"], "contents"), Is.EqualTo("read"));
        Assert.That(Scalar((YamlMappingNode)release["permissions"], "contents"), Is.EqualTo("write"));
        Assert.That(Scalar((YamlMappingNode)release["concurrency"], "cancel-in-progress"), Is.EqualTo("false"));
        Assert.That(((YamlMappingNode)jobs["plan"]).Children.ContainsKey("permissions"), Is.False);
        Assert.That(
            $"{Scalar((YamlMappingNode)jobs["plan"], "if")} {Scalar(release, "if")}",
            Is.EqualTo("github.event_name == 'pull_request' github.event_name != 'pull_request'")
        );
    }

    [Test]
    public void On_GitLab_one_release_runs_at_a_time_and_a_waiting_one_is_no_failure()
    {
        var release = (YamlMappingNode)Yaml("gitlab", ".gitlab-ci.yml")["release"];

        Assert.That((Scalar(release, "resource_group"), Scalar(release, "interruptible")), Is.EqualTo(("release", "false")));
        Assert.That(Scalar((YamlMappingNode)release["allow_failure"], "exit_codes"), Is.EqualTo($"{ExitCodes.Paused}"));
    }

    [Test]
    public void On_Azure_one_release_runs_at_a_time_and_may_push()
    {
        var pipeline = Yaml("azure", "azure-pipelines.yml");

        Assert.That(Scalar((YamlMappingNode)pipeline["trigger"], "batch"), Is.EqualTo("true"));
        Assert.That(Mappings(pipeline).Select(node => Scalar(node, "persistCredentials")), Has.One.EqualTo("true"));
    }

    [TestCase("github")]
    [TestCase("gitlab")]
    [TestCase("azure")]
    public void Every_command_of_a_workflow_is_one_that_the_recipe_knows(string server)
    {
        var commands = Command().Matches(Workflow(server)).Select(match => match.Groups[1].Value.Split(' ')).ToList();

        Assert.That(commands.Select(arguments => CommandLine.Parse(arguments).Target), Is.EquivalentTo(["Plan", "Release"]));
        foreach (var arguments in commands)
        {
            var line = CommandLine.Parse(arguments);
            Assert.That(Targets.OfTheRecipe().Select(target => target.Name), Has.Member(line.Target));
            Assert.That(() => line.Options(".", "./build.sh", pushByDefault: true, line.Target!), Throws.Nothing);
        }
    }

    [Platform(Exclude = "Win")]
    [TestCase("github", ExitCodes.Done, ExitCodes.Done, "")]
    [TestCase("github", ExitCodes.Failed, ExitCodes.Failed, "")]
    [TestCase("github", ExitCodes.RolledBack, ExitCodes.RolledBack, "")]
    [TestCase("github", ExitCodes.Paused, ExitCodes.Done, "::warning title=The release waits::")]
    [TestCase("azure", ExitCodes.Failed, ExitCodes.Failed, "")]
    [TestCase("azure", ExitCodes.Paused, ExitCodes.Done, "##vso[task.complete result=SucceededWithIssues;]")]
    public async Task A_waiting_release_is_shown_as_waiting_and_a_failed_one_as_failed(string server, int ends, int jobEnds, string says)
    {
        using var folder = new TemporaryFolder();
        folder.Write("build.sh", $"exit {ends}");
        var script = Mappings(Yaml(server, server == "github" ? ".github/workflows/release.yml" : "azure-pipelines.yml"))
            .Select(node => Scalar(node, "run") ?? Scalar(node, "bash"))
            .Single(text => text?.Contains("--target=Release", StringComparison.Ordinal) == true)!;

        // As the servers run it: stop at the first error.
        var ran = await ProgramRunner.RunAsync(new ProgramCall("bash", "-e", "-c", script) { WorkingDirectory = folder.Path });

        Assert.That((ran.ExitCode, ran.Output.Contains(says, StringComparison.Ordinal)), Is.EqualTo((jobEnds, true)), ran.Output);
        Assert.That(ran.Output, says.Length == 0 ? Is.Empty : Is.Not.Empty);
    }

    static string File(string type, string server, string path) => InitFiles.For(type, server).Single(file => file.Path == path).Content;

    static string Workflow(string server) => InitFiles.For("service", server).Last().Content;

    static YamlMappingNode Yaml(string server, string path)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File("service", server, path)));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    static IEnumerable<YamlMappingNode> Mappings(YamlNode node) => node.AllNodes.OfType<YamlMappingNode>();

    static string? Scalar(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? (value as YamlScalarNode)?.Value : null;

    [GeneratedRegex(@"bash build\.sh (--[^\s|]+(?: --[^\s|]+)*)")]
    private static partial Regex Command();
}
