using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Ledger;

public sealed class EffectsTests
{
    readonly MemoryLedgerStore store = new();
    readonly List<string> world = [];

    Effects Effects => new(Ledgers.On(store));

    string[] Kinds => [.. store.Events.Select(fact => fact.Kind)];

    [Test]
    public async Task An_effect_is_announced_done_and_recorded()
    {
        var outcome = await Effects.OnceAsync(Tag());

        Assert.That(outcome["sha"]!.GetValue<string>(), Is.EqualTo("done"));
        Assert.That(Kinds, Is.EqualTo(new[] { EventKinds.Intent, EventKinds.Outcome }));
    }

    [Test]
    public async Task An_effect_that_was_done_is_not_done_again()
    {
        await Effects.OnceAsync(Tag());

        var again = await Effects.OnceAsync(Tag());

        Assert.That(again["sha"]!.GetValue<string>(), Is.EqualTo("done"));
        Assert.That(world, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task After_a_crash_behind_the_effect_the_world_is_believed()
    {
        await Crash(Tag(act: () => world.Add("tag")));

        var outcome = await Effects.OnceAsync(Tag());

        Assert.That(outcome["sha"]!.GetValue<string>(), Is.EqualTo("found"));
        Assert.That(world, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task After_a_crash_before_the_effect_it_is_done()
    {
        await Crash(Tag(act: () => { }));

        await Effects.OnceAsync(Tag());

        Assert.That(world, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task While_the_world_does_not_answer_nothing_is_done_again()
    {
        await Crash(Tag(act: () => { }));
        var silent = Tag() with { Probe = _ => Task.FromResult(Observation.Unknown("no route to host")) };

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => Effects.OnceAsync(silent)))!;

        Assert.That(problem.What, Does.Contain("cannot be known: no route to host"));
        Assert.That(world, Is.Empty);
    }

    [Test]
    public async Task A_failure_is_recorded_only_when_the_world_confirms_that_nothing_happened()
    {
        var failing = Tag(act: () => throw new ReleaseException("rejected"));

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => Effects.OnceAsync(failing)))!;

        Assert.That(problem.What, Is.EqualTo("rejected"));
        Assert.That(Kinds, Is.EqualTo(new[] { EventKinds.Intent, EventKinds.Failure }));
    }

    [Test]
    public async Task An_error_behind_an_effect_that_happened_is_no_failure()
    {
        var late = Tag(act: () =>
        {
            world.Add("tag");
            throw new TimeoutException("no answer");
        });

        var outcome = await Effects.OnceAsync(late);

        Assert.That(outcome["sha"]!.GetValue<string>(), Is.EqualTo("found"));
        Assert.That(Kinds, Is.EqualTo(new[] { EventKinds.Intent, EventKinds.Outcome }));
    }

    [Test]
    public async Task An_error_whose_effect_cannot_be_known_leaves_the_intent_open()
    {
        var lost = Tag(act: () => throw new TimeoutException("no answer")) with
        {
            Probe = _ => Task.FromResult(Observation.Unknown("down")),
        };

        await Assert.ThrowsAsync<TimeoutException>(() => Effects.OnceAsync(lost));

        Assert.That(Kinds, Is.EqualTo(new[] { EventKinds.Intent }));
    }

    [Test]
    public async Task A_failed_effect_may_be_tried_again()
    {
        await Assert.ThrowsAsync<ReleaseException>(() => Effects.OnceAsync(Tag(act: () => throw new ReleaseException("rejected"))));

        await Effects.OnceAsync(Tag());

        Assert.That(world, Has.Count.EqualTo(1));
    }

    async Task Crash(Effect effect)
    {
        using var killed = new CancellationTokenSource();
        var dying = effect with
        {
            Act = async _ =>
            {
                await effect.Act(default);
                await killed.CancelAsync();
                throw new OperationCanceledException();
            },
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => Effects.OnceAsync(dying, killed.Token));
    }

    Effect Tag(Action? act = null) =>
        new(
            "1.0.0",
            "tag",
            new JsonObject { ["tag"] = "v1.0.0" },
            _ => Task.FromResult(world.Count > 0 ? Observation.Present(new JsonObject { ["sha"] = "found" }) : Observation.Absent),
            _ =>
            {
                (act ?? (() => world.Add("tag")))();
                return Task.FromResult(new JsonObject { ["sha"] = "done" });
            }
        );
}
