using System.Text.Json.Nodes;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>Several releasers of one remote at the same time, each a process in a clone of its own.</summary>
[NonParallelizable]
[Category("Slow")]
public sealed class RaceTests : IDisposable
{
    readonly TemporaryFolder remote = new();
    readonly TemporaryRepository origin = new();

    public void Dispose()
    {
        origin.Dispose();
        remote.Dispose();
    }

    [TestCase(2)]
    [TestCase(4)]
    public async Task Of_several_releasers_exactly_one_makes_the_release(int releasers)
    {
        origin.Files.Write(
            "release-strategy.yml",
            """
            release_strategy:
              application: { name: race }
              changelog: { file: CHANGELOG.md }
              quality_gates: [ { name: smoke, required: true, command: "test -f release-strategy.yml" } ]
            """
        );
        origin.Commit("feat: to be released once");
        origin.Git("clone", "-q", "--bare", origin.Root, remote.Path);
        var clones = Enumerable.Range(0, releasers).Select(_ => new TemporaryFolder()).ToList();
        clones.ForEach(clone => origin.Git("clone", "-q", remote.Path, clone.Path));

        var results = await Task.WhenAll(clones.Select(clone => Recipe.RunAsync(clone.Path, "--target=Release", "--push")));

        var said = string.Join("\n=====\n", results.Select(result => $"{result.ExitCode}: {result.Output}{result.Error}"));
        Assert.That(results.Select(result => result.ExitCode), Has.Some.EqualTo(0), said);
        Assert.That(
            results.Where(result => result.ExitCode != 0).Select(result => result.Output),
            Is.All.Contains("Another releaser"),
            said
        );
        Assert.That(origin.Git("ls-remote", "--refs", "--tags", remote.Path).Split('\n'), Has.Length.EqualTo(1), said);
        // The clone that made the release has the whole ledger; the others stopped before they needed it.
        var winner = clones[results.ToList().FindIndex(result => result.ExitCode == 0)];
        var audit = JsonNode.Parse((await Recipe.RunAsync(winner.Path, "--target=Audit", "--push", "--json=-")).Output)!;
        clones.ForEach(clone => clone.Dispose());
        Assert.That(audit["ok"]!.GetValue<bool>(), Is.True, audit.ToJsonString());
    }
}
