using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Ledger;

public sealed class AttemptTests
{
    readonly MemoryLedgerStore store = new();

    [Test]
    public async Task The_first_attempt_has_the_plain_keys() => Assert.That((await AfterAsync()).Key(3), Is.EqualTo("production/3"));

    [Test]
    public async Task An_attempt_under_way_goes_on_under_its_own_keys()
    {
        var attempt = await AfterAsync(EventKinds.RolloutStarted, EventKinds.Paused);

        Assert.That(attempt, Is.EqualTo(new Attempt("production", 1, UnderWay: true)));
    }

    [TestCase(EventKinds.RolledBack)]
    [TestCase(EventKinds.Verified)]
    [TestCase(EventKinds.Aborted)]
    public async Task After_its_end_the_next_attempt_has_keys_of_its_own(string end)
    {
        var attempt = await AfterAsync(EventKinds.RolloutStarted, end);

        Assert.That(attempt.UnderWay, Is.False);
        Assert.That(attempt.Key(3), Is.EqualTo("production#2/3"));
    }

    [Test]
    public async Task Another_environment_counts_for_itself()
    {
        await Ledgers.On(store).AppendAsync(Ledgers.About("1.0.0", EventKinds.RolloutStarted, "staging"));

        Assert.That((await AfterAsync(EventKinds.RolloutStarted)).Number, Is.EqualTo(1));
    }

    async Task<Attempt> AfterAsync(params string[] kinds)
    {
        foreach (var kind in kinds)
        {
            await Ledgers.On(store).AppendAsync(Ledgers.About("1.0.0", kind, "production"));
        }

        return Attempt.Of(await store.ReadAsync("1.0.0"), "production");
    }
}
