using System.Text.Json.Nodes;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>Single moments at which a release was killed, set up by hand and gone on from by the real program.</summary>
[Category("Slow")]
public sealed class ResumptionTests : IDisposable
{
    readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Test]
    public async Task Killed_between_the_release_commit_and_its_record_the_tag_goes_on_that_commit()
    {
        repository.Files.Write(
            "release-strategy.yml",
            """
            release_strategy:
              application: { name: shop }
              changelog: { file: CHANGELOG.md }
              quality_gates: [ { name: smoke, required: true, command: "true" } ]
            """
        );
        repository.Commit("feat: begin");
        var gated = repository.Head;
        Assert.That((await Recipe.RunAsync(repository.Root, "--target=Package")).ExitCode, Is.Zero);
        using var ledger = await LedgerAsync();
        var intent = new JsonObject
        {
            ["key"] = "commit",
            ["intent"] = new JsonObject { ["parent"] = gated },
        };
        await ledger.AppendAsync(new NewEvent("0.1.0", EventKinds.Intent, intent));
        var notes = (await ledger.ReadAsync("0.1.0")).First(fact => fact.Kind == EventKinds.Planned).Data["notes"]!.GetValue<string>();
        repository.Files.Write("CHANGELOG.md", ChangelogFile.Update("", notes));
        var made = repository.Commit("chore(release): v0.1.0");

        var resumed = await Recipe.RunAsync(repository.Root, "--target=Release");

        Assert.That(resumed.ExitCode, Is.Zero, resumed.Output + resumed.Error);
        Assert.That(repository.Git("rev-parse", "v0.1.0^{commit}"), Is.EqualTo(made));
        Assert.That(repository.Head, Is.EqualTo(made));
    }

    async Task<ReleaseLedger> LedgerAsync() =>
        new(
            new GitLedgerStore(await repository.OpenAsync(), new LedgerSettings()),
            TimeProvider.System,
            "Ada Lovelace <ada@example.com>",
            Secrets.None
        );
}
