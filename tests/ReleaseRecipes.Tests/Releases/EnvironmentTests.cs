using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>Environments by rules of their own, and what a person may do between their moves, by the real program and with real processes.</summary>
[Category("Slow")]
public sealed class EnvironmentTests
{
    [Test]
    public async Task Four_environments_are_deployed_in_their_order_by_exactly_the_moves_of_the_plan()
    {
        await using var service = new ReleasedService(
            Strategy(
                """
                    development: { type: recreate, interval: 200ms, measurements: 1 }
                    quality: { type: rolling, replicas: 2, interval: 200ms, measurements: 1 }
                    staging: { type: blue_green, interval: 200ms, measurements: 1, smoke_test: "test $RELEASE_ENVIRONMENT = staging" }
                    production: { type: canary, canary_percentage: [50, 100], interval: 300ms, measurements: 1, min_requests: 1, rollback_threshold: "error_rate > 50%" }
                """
            )
        );
        var first = await service.RunAsync("--target=Release");
        service.Repository.Commit("feat: something new");
        var plan = await service.AskAsync("Plan");

        var second = await service.RunAsync("--target=Release");
        var status = await service.RunAsync("--target=Status");

        Assert.That(first.ExitCode, Is.Zero, first.Output + first.Error);
        Assert.That(second.ExitCode, Is.Zero, second.Output + second.Error);
        var planned = plan["environments"]!
            .AsArray()
            .SelectMany(environment => environment!["moves"]!.AsArray().Select(move => $"{environment["name"]}: {move}"));
        var performed = (await EventsAsync(service, "0.2.0"))
            .Where(fact => fact.Kind == EventKinds.Moved)
            .Select(fact => $"{fact.Data["environment"]}: {fact.Data["move"]}");
        Assert.That(performed, Is.EqualTo(planned));
        Assert.That(
            performed.Select(move => move.Split(':')[0]).Distinct(),
            Is.EqualTo(new[] { "development", "quality", "staging", "production" })
        );
        Assert.That(status.Output, Does.Contain("0.2.0 #1 healthy http://127.0.0.1:").And.Contain("log .git/release-recipes/"));
    }

    [Test]
    public async Task Between_two_moves_a_person_promotes_or_aborts()
    {
        await using var service = new ReleasedService(
            Strategy(
                """
                    production: { type: canary, canary_percentage: [50, 100], confirm: [traffic], interval: 200ms, measurements: 1 }
                """
            )
        );
        await service.RunAsync("--target=Release");
        var first = await service.RunAsync("--target=Promote", "--environment=production");
        service.Repository.Commit("feat: something new");

        var paused = await service.RunAsync("--target=Release");
        var before = await WeightsAsync(service);
        var half = await service.RunAsync("--target=Promote", "--environment=production");
        var between = await WeightsAsync(service);
        var aborted = await service.RunAsync("--target=Abort");
        var after = await WeightsAsync(service);
        var late = await service.RunAsync("--target=Promote", "--environment=production");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.ExitCode, Is.Zero, first.Output + first.Error);
            Assert.That(paused.ExitCode, Is.EqualTo(ExitCodes.Paused), paused.Output + paused.Error);
            Assert.That(paused.Output, Does.Contain("before: send 50% of the traffic to the candidate"));
            Assert.That(paused.Output, Does.Contain("./build.sh --target=Promote --environment=production"));
            Assert.That(paused.Output, Does.Contain("./build.sh --target=Abort"));
            Assert.That(before, Is.EqualTo("0.1.0=100 0.2.0=0"));
            Assert.That(half.ExitCode, Is.EqualTo(ExitCodes.Paused), half.Output + half.Error);
            Assert.That(half.Output, Does.Contain("before: send 100% of the traffic to the candidate"));
            Assert.That(between, Is.EqualTo("0.1.0=50 0.2.0=50"));
            Assert.That(aborted.ExitCode, Is.Zero, aborted.Output + aborted.Error);
            Assert.That(after, Is.EqualTo("0.1.0=100"));
            Assert.That(late.ExitCode, Is.Not.Zero);
        }
    }

    [Test]
    public async Task Past_the_point_of_no_return_an_abort_says_how_to_go_back()
    {
        await using var service = new ReleasedService(
            Strategy(
                """
                    staging: { type: blue_green, interval: 200ms, measurements: 1 }
                    production: { type: blue_green, approval_required: true, interval: 200ms, measurements: 1 }
                """
            )
        );
        var paused = await service.RunAsync("--target=Release");

        var aborted = await service.RunAsync("--target=Abort");

        Assert.That(paused.Output, Does.Contain("promote the candidate, the point of no return"));
        Assert.That(aborted.ExitCode, Is.Zero, aborted.Output + aborted.Error);
        Assert.That(
            aborted.Output,
            Does.Contain("staging stays on 0.1.0, past the point of no return; to go back: ./build.sh --target=Rollback")
        );
    }

    [Test]
    public async Task What_was_verified_in_one_environment_and_is_another_thing_now_goes_to_no_other()
    {
        await using var service = new ReleasedService(
            Strategy(
                """
                    staging: { type: blue_green, interval: 200ms, measurements: 1 }
                    production: { type: blue_green, approval_required: true, interval: 200ms, measurements: 1 }
                """,
                // Every build of it comes out otherwise.
                "build: \"mkdir -p dist && date +%s%N > dist/built\", artifacts: [\"app/**\", \"dist/**\"]"
            )
        );
        service.Repository.Files.Write(".gitignore", "dist/\n");
        service.Repository.Commit("chore: what is built is not kept");
        var paused = await service.RunAsync("--target=Release");
        var verified = Digest((await EventsAsync(service, "0.1.0")).Single(fact => fact.Kind == EventKinds.Verified));
        File.AppendAllText(service.Repository.Files[$".git/release-recipes/packages/{verified}/dist/built"], "changed");

        var stopped = await service.RunAsync("--target=Release", "--approve=production");

        Assert.That(paused.ExitCode, Is.EqualTo(ExitCodes.Paused), paused.Output + paused.Error);
        Assert.That(stopped.ExitCode, Is.EqualTo(ExitCodes.Failed), stopped.Output + stopped.Error);
        Assert.That(stopped.Output + stopped.Error, Does.Contain("are not those that were verified in staging"));
        Assert.That(
            stopped.Output + stopped.Error,
            Does.Match($"verified in staging: {verified}\\s+here now: (?!{verified})[0-9a-f]{{64}}")
        );
        Assert.That((await service.EnvironmentAsync("production"))["version"], Is.Null);
    }

    static string Strategy(string environments, string package = "artifacts: [\"app/**\"]") =>
        $$"""
            release_strategy:
              application: { name: service, start: "exec dotnet {{ReleasedService.App}} $(cat app/behaviour)", {{package}} }
              quality_gates: []
              deployment_strategy:
            {{environments}}
            """;

    static async Task<string> WeightsAsync(ReleasedService service) =>
        string.Join(
            ' ',
            (await service.EnvironmentAsync("production"))["weights"]!
                .AsObject()
                .OrderBy(pair => pair.Key)
                .Select(pair => $"{pair.Key}={pair.Value}")
        );

    static string Digest(LedgerEvent fact) => fact.Data["digest"]!.GetValue<string>();

    static async Task<IReadOnlyList<LedgerEvent>> EventsAsync(ReleasedService service, string version)
    {
        using var ledger = new ReleaseLedger(
            new GitLedgerStore(await service.Repository.OpenAsync(), new LedgerSettings()),
            TimeProvider.System,
            "Ada Lovelace <ada@example.com>",
            Secrets.None
        );
        return await ledger.ReadAsync(version);
    }
}
