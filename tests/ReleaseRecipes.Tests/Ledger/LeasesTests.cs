using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Ledger;

public sealed class LeasesTests
{
    readonly MemoryLedgerStore store = new();
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    readonly HashSet<string> dead = [];

    ReleaseLedger Ledger => Ledgers.On(store, clock: clock);

    [Test]
    public async Task An_environment_has_one_owner_at_a_time()
    {
        await using var held = await Of("Ada").TakeAsync("production", "1.0.0");

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => Of("Bob").TakeAsync("production", "1.1.0")))!;

        Assert.That(problem.What, Does.Contain("'production'"));
        Assert.That(problem.Where, Does.Contain("Ada, since 2026-03-01T12:00:00.000Z, until 2026-03-01T12:05:00.000Z"));
        Assert.That(problem.Todo, Does.Contain("Abort"));
    }

    [Test]
    public async Task Another_environment_is_free()
    {
        await using var held = await Of("Ada").TakeAsync("production", "1.0.0");

        await using var other = await Of("Bob").TakeAsync("staging", "1.1.0");

        Assert.That(other.Fence, Is.GreaterThan(held.Fence));
    }

    [Test]
    public async Task What_was_ended_can_be_taken_with_a_higher_number()
    {
        var first = await Of("Ada").TakeAsync("production", "1.0.0");
        await first.DisposeAsync();

        await using var second = await Of("Bob").TakeAsync("production", "1.1.0");

        Assert.That(second.Fence, Is.EqualTo(first.Fence + 1));
    }

    [Test]
    public async Task What_expired_can_be_taken()
    {
        await Of("Ada").TakeAsync("production", "1.0.0");
        clock.Advance(TimeSpan.FromMinutes(5));

        await using var second = await Of("Bob").TakeAsync("production", "1.1.0");

        Assert.That((await store.HeadAsync()).State.Environments["production"].Lease!.Owner, Is.EqualTo("Bob"));
    }

    [Test]
    public async Task What_a_dead_process_held_is_free_at_once()
    {
        await Of("Ada").TakeAsync("production", "1.0.0");
        dead.Add("Ada");

        await using var second = await Of("Bob").TakeAsync("production", "1.1.0");

        Assert.That(second.Fence, Is.EqualTo(2));
    }

    [Test]
    public async Task A_releaser_that_keeps_its_lease_keeps_it_for_ever_and_since_the_same_time()
    {
        await using var lease = await Of("Ada").TakeAsync("production", "1.0.0");

        for (var minute = 0; minute < 20; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await lease.KeepAsync();
        }

        var held = (await store.HeadAsync()).State.Environments["production"].Lease!;
        Assert.That((held.Fence, held.Since), Is.EqualTo((lease.Fence, clock.GetUtcNow().AddMinutes(-20))));
        Assert.That(held.Expires, Is.GreaterThan(clock.GetUtcNow()));
        Assert.That(store.Events, Has.Count.LessThan(10));
    }

    [Test]
    public async Task A_releaser_that_lost_its_lease_stops_before_its_next_effect()
    {
        var lost = await Of("Ada").TakeAsync("production", "1.0.0");
        await using var taken = await Of("Bob").TakeAsync("production", "1.1.0", takeOver: true);
        var done = false;
        var effect = new Effect(
            "1.0.0",
            "production/1",
            [],
            _ => Task.FromResult(Observation.Absent),
            _ =>
            {
                done = true;
                return Task.FromResult(new JsonObject());
            }
        );

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => new Effects(Ledger, lost).OnceAsync(effect)))!;

        Assert.That(problem.What, Does.Contain("lost its right"));
        Assert.That(problem.Where, Does.Contain("Bob has it"));
        Assert.That(done, Is.False);
    }

    [Test]
    public async Task A_releaser_that_lost_its_lease_does_not_record_a_version_as_verified()
    {
        var lost = await Of("Ada").TakeAsync("production", "1.0.0");
        await using var taken = await Of("Bob").TakeAsync("production", "1.1.0", takeOver: true);
        var verified = Ledgers.About("1.0.0", EventKinds.Verified, "production");

        await Assert.ThrowsAsync<ReleaseException>(() => new Effects(Ledger, lost).AppendAsync([verified]));
        await Assert.ThrowsAsync<ReleaseException>(() => lost.AppendAsync(verified));

        Assert.That((await store.HeadAsync()).State.Environments["production"].Verified, Is.Null);
    }

    [Test]
    public async Task Ending_a_lost_lease_does_not_end_the_new_one()
    {
        var lost = await Of("Ada").TakeAsync("production", "1.0.0");
        await using var taken = await Of("Bob").TakeAsync("production", "1.1.0", takeOver: true);

        await lost.DisposeAsync();

        Assert.That((await store.HeadAsync()).State.Environments["production"].Lease!.Owner, Is.EqualTo("Bob"));
    }

    [Test]
    public async Task The_making_of_releases_is_leased_apart_from_the_environments()
    {
        await using var releasing = await Of("Ada").TakeAsync(Leases.Releasing, "1.0.0");
        await using var production = await Of("Bob").TakeAsync("production", "0.9.0");

        var state = (await store.HeadAsync()).State;

        Assert.That((state.Lease!.Owner, state.Environments.Keys.Single()), Is.EqualTo(("Ada", "production")));
    }

    [Test]
    public async Task Who_waits_gets_it_when_it_is_ended()
    {
        var first = await Of("Ada").TakeAsync("production", "1.0.0");
        var asked = new TaskCompletionSource();

        var waiting = Of("Bob").WaitAsync("production", "1.1.0", TimeSpan.FromMinutes(1), new Told(() => asked.TrySetResult()));
        await asked.Task;
        await first.DisposeAsync();
        while (!waiting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await using var second = await waiting;
        Assert.That(second.Fence, Is.EqualTo(2));
    }

    [Test]
    public void This_process_is_alive_and_one_that_ended_is_gone()
    {
        var here = LeaseOwner.Here("Ada <ada@example.com>");
        using var ended = System.Diagnostics.Process.Start("git", "--version")!;
        ended.WaitForExit();
        var gone = System.Text.RegularExpressions.Regex.Replace(here.Text, "process [0-9]+$", $"process {ended.Id}");

        Assert.That(here.IsGone(here.Text), Is.False);
        Assert.That(here.IsGone(gone), Is.True);
        Assert.That(here.IsGone(gone.Replace(Environment.MachineName, "elsewhere", StringComparison.Ordinal)), Is.False);
        Assert.That(here.IsGone("nonsense"), Is.False);
    }

    Leases Of(string owner) => new(Ledgers.On(store, clock: clock), new LeaseOwner(owner, dead.Contains));

    sealed class Told(Action then) : IProgress<LeaseRecord>
    {
        public void Report(LeaseRecord value) => then();
    }
}
