using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Ledger;

public sealed class LedgerFoldTests
{
    readonly MemoryLedgerStore store = new();

    [TestCase("draft")]
    [TestCase("ready", "Gates")]
    [TestCase("released", "Gates", EventKinds.Released)]
    [TestCase("failed", EventKinds.Failed)]
    [TestCase("ready", EventKinds.Failed, "Gates")]
    [TestCase("paused", "Gates", EventKinds.Paused)]
    [TestCase("ready", "Gates", EventKinds.Paused, EventKinds.Resumed)]
    [TestCase("rolled_back", "Gates", EventKinds.RolledBack, EventKinds.Failed)]
    [TestCase("ready", "Gates", EventKinds.RolledBack, EventKinds.RolloutStarted)]
    [TestCase("aborted", "Gates", EventKinds.Paused, EventKinds.Aborted)]
    public async Task A_release_stands_where_its_events_left_it(string expected, params string[] kinds)
    {
        var state = await AfterAsync([
            Ledgers.Planned("1.0.0"),
            .. kinds.Select(kind => kind == "Gates" ? Ledgers.Step("1.0.0", kind) : Of(kind)),
        ]);

        Assert.That(state.Newest!.State, Is.EqualTo(expected));
    }

    [Test]
    public async Task What_was_verified_before_is_where_a_rollback_may_go()
    {
        var state = await AfterAsync(Verified("1.0.0"), Verified("1.1.0"), Verified("1.2.0"), Verified("1.1.0"));

        var production = state.Environments["production"];
        Assert.That(production.Verified, Is.EqualTo("1.1.0"));
        Assert.That(production.Earlier, Is.EqualTo(new[] { "1.2.0", "1.0.0" }));
        Assert.That(production.Weights, Is.EqualTo(new Dictionary<string, int> { ["1.1.0"] = 100 }));
    }

    [Test]
    public async Task No_more_than_twenty_earlier_versions_are_kept()
    {
        var state = await AfterAsync([.. Enumerable.Range(0, 30).Select(minor => Verified($"1.{minor}.0"))]);

        Assert.That(state.Environments["production"].Earlier, Has.Count.EqualTo(20).And.Contains("1.28.0").And.Not.Contains("1.8.0"));
    }

    [Test]
    public async Task A_rollout_shows_its_candidate_and_weights_until_it_is_verified()
    {
        var underWay = await AfterAsync(
            Verified("1.0.0"),
            Of(EventKinds.RolloutStarted, "1.1.0"),
            Moved("1.1.0", ("1.0.0", 90), ("1.1.0", 10))
        );
        var done = await AfterAsync(Verified("1.1.0"));

        var production = underWay.Environments["production"];
        Assert.That((production.State, production.Candidate, production.Verified), Is.EqualTo(("rolling_out", "1.1.0", "1.0.0")));
        Assert.That(production.Weights, Is.EqualTo(new Dictionary<string, int> { ["1.0.0"] = 90, ["1.1.0"] = 10 }));
        Assert.That(done.Environments["production"], Has.Property("State").EqualTo("idle").And.Property("Candidate").Null);
    }

    [Test]
    public async Task A_rollback_that_restored_leaves_the_stable_version_serving_everything()
    {
        var state = await AfterAsync(
            Verified("1.0.0"),
            Of(EventKinds.RolloutStarted, "1.1.0"),
            RolledBack("1.1.0", "1.0.0", restored: true)
        );

        var production = state.Environments["production"];
        Assert.That((production.State, production.Verified, production.Candidate), Is.EqualTo(("idle", "1.0.0", (string?)null)));
        Assert.That(production.Digest, Is.EqualTo("d1.0.0"));
        Assert.That(production.Weights, Is.EqualTo(new Dictionary<string, int> { ["1.0.0"] = 100 }));
    }

    [Test]
    public async Task A_rollback_that_could_not_restore_leaves_the_environment_failed()
    {
        var state = await AfterAsync(
            Verified("1.0.0"),
            Of(EventKinds.RolloutStarted, "1.1.0"),
            RolledBack("1.1.0", "1.0.0", restored: false)
        );

        Assert.That(state.Environments["production"].State, Is.EqualTo("failed"));
    }

    [Test]
    public async Task A_second_rollback_goes_further_back_not_forward_again()
    {
        var state = await AfterAsync(
            Verified("1.0.0"),
            Verified("1.1.0"),
            Verified("1.2.0"),
            Verified("1.3.0"),
            RolledBack("1.3.0", "1.1.0", restored: true)
        );

        var production = state.Environments["production"];
        Assert.That(production.Verified, Is.EqualTo("1.1.0"));
        Assert.That(production.Earlier, Is.EqualTo(new[] { "1.0.0" }));
    }

    [Test]
    public async Task An_aborted_rollout_leaves_no_candidate()
    {
        var state = await AfterAsync(
            Verified("1.0.0"),
            Ledgers.Planned("1.1.0"),
            Of(EventKinds.RolloutStarted, "1.1.0"),
            new NewEvent("1.1.0", EventKinds.Aborted, [])
        );

        Assert.That(state.Environments["production"], Has.Property("State").EqualTo("idle").And.Property("Candidate").Null);
    }

    [Test]
    public async Task The_last_released_version_outlives_the_next_plan()
    {
        var state = await AfterAsync(Ledgers.Planned("1.0.0"), Of(EventKinds.Released), Ledgers.Planned("1.1.0"));

        Assert.That((state.Newest!.Version, state.LastReleased!.Version), Is.EqualTo(("1.1.0", "1.0.0")));
    }

    [Test]
    public void Events_that_say_nothing_or_nonsense_never_fail()
    {
        var kinds = typeof(EventKinds).GetFields().Select(field => (string)field.GetRawConstantValue()!).Append("unheard.of");
        var nonsense = new[]
        {
            "{}",
            """{"environment":7,"fence":"x","weights":[],"restored":"maybe","expires":3}""",
            """{"environment":"e","fence":1,"weights":{"a":"b"},"to":{}}""",
        };

        foreach (var fact in kinds.SelectMany(kind => nonsense.Select(json => (kind, json))))
        {
            var data = (JsonObject)JsonNode.Parse(fact.json)!;
            var chained = EventHash.Chain(LedgerHead.Empty, "1.0.0", fact.kind, DateTimeOffset.UnixEpoch, "Ada", data);
            Assert.That(() => LedgerFold.Of([chained]), Throws.Nothing, $"{fact}");
        }
    }

    static NewEvent Of(string kind, string version = "1.0.0") => Ledgers.About(version, kind, "production", ("from", version));

    static NewEvent Verified(string version) =>
        Ledgers.About(version, EventKinds.Verified, "production", ("digest", "d" + version), ("url", "http://127.0.0.1:1"));

    static NewEvent RolledBack(string from, string to, bool restored) =>
        Ledgers.About(from, EventKinds.RolledBack, "production", ("from", from), ("to", to), ("restored", restored));

    static NewEvent Moved(string version, params (string Version, int Weight)[] weights) =>
        Ledgers.About(
            version,
            EventKinds.Moved,
            "production",
            ("weights", new JsonObject(weights.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Version, pair.Weight))))
        );

    async Task<LedgerState> AfterAsync(params NewEvent[] news)
    {
        await Ledgers.On(store).AppendAsync(_ => news);
        return (await store.HeadAsync()).State;
    }
}
