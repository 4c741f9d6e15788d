using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Ledger;

/// <summary>The one place where anything outside the process is changed: intent, effect, outcome.</summary>
/// <param name="ledger">Where they are recorded.</param>
/// <param name="lease">The right under which they are done; it is renewed with each intent, and nothing is done once it is lost.</param>
public sealed class Effects(ReleaseLedger ledger, Lease? lease = null)
{
    /// <summary>Whose right it is; null where nobody's is needed.</summary>
    public LeaseOwner? Owner => lease?.Owner;

    /// <summary>
    /// Does the effect unless it was done, and returns its outcome. An intent without an outcome, left by a crash, is answered
    /// by looking at the world, never by doing it again on a guess.
    /// </summary>
    /// <exception cref="ReleaseException">The effect failed, or whether it happened cannot be known.</exception>
    public async Task<JsonObject> OnceAsync(Effect effect, CancellationToken cancel = default)
    {
        while (true)
        {
            var head = await ledger.HeadAsync(cancel);
            var past = await PastAsync(effect, cancel);
            if (Done(past) is { } done)
            {
                return done;
            }

            if (past.Any(fact => fact.Kind == EventKinds.Intent) && await SettledAsync(effect, cancel) is { } settled)
            {
                return settled;
            }

            if (await AnnouncedAsync(effect, head, cancel))
            {
                return await RecordAsync(effect, await ActAsync(effect, cancel), cancel);
            }
        }
    }

    /// <summary>Records the intent, unless the ledger went on since it was read: the effect may have been done by then.</summary>
    async Task<bool> AnnouncedAsync(Effect effect, LedgerHead read, CancellationToken cancel)
    {
        var data = new JsonObject { ["key"] = effect.Key, ["intent"] = effect.Intent.DeepClone() };
        var intent = new NewEvent(effect.Release, EventKinds.Intent, data);
        var appended = await ledger.AppendAsync(head => head.Hash == read.Hash ? [.. lease?.Guard(head) ?? [], intent] : [], cancel);
        return appended.Count > 0;
    }

    /// <summary>Appends facts that follow from the effects (a version was verified), all of them or none, and none once the lease is lost.</summary>
    /// <exception cref="ReleaseException">Another releaser has the lease now.</exception>
    public Task<IReadOnlyList<LedgerEvent>> AppendAsync(IReadOnlyList<NewEvent> news, CancellationToken cancel = default) =>
        ledger.AppendAsync(head => [.. lease?.Guard(head) ?? [], .. news], cancel);

    async Task<JsonObject> ActAsync(Effect effect, CancellationToken cancel)
    {
        try
        {
            return await effect.Act(cancel);
        }
        catch (Exception problem) when (!cancel.IsCancellationRequested)
        {
            return await AfterFailureAsync(effect, problem, cancel);
        }
    }

    /// <summary>A failed call does not mean that nothing happened: the world is asked, and only a confirmed absence is recorded as a failure.</summary>
    async Task<JsonObject> AfterFailureAsync(Effect effect, Exception problem, CancellationToken cancel)
    {
        var seen = await effect.Probe(cancel);
        if (seen.Presence == Presence.Present)
        {
            return seen.Outcome ?? [];
        }

        if (seen.Presence == Presence.Absent)
        {
            var data = new JsonObject { ["key"] = effect.Key, ["problem"] = problem.Message };
            await ledger.AppendAsync(new NewEvent(effect.Release, EventKinds.Failure, data), cancel);
        }

        ExceptionDispatchInfo.Throw(problem);
        throw problem;
    }

    async Task<JsonObject?> SettledAsync(Effect effect, CancellationToken cancel)
    {
        var seen = await effect.Probe(cancel);
        return seen.Presence switch
        {
            Presence.Absent => null,
            Presence.Present => await RecordAsync(effect, seen.Outcome ?? [], cancel),
            _ => throw new ReleaseException(
                $"Whether '{effect.Key}' of {effect.Release} happened cannot be known: {seen.Problem}.",
                todo: "Run the same command again when the other side answers."
            ),
        };
    }

    /// <summary>Records the outcome; where another releaser looked at the world at the same time and was first, its outcome is the one.</summary>
    async Task<JsonObject> RecordAsync(Effect effect, JsonObject outcome, CancellationToken cancel)
    {
        var news = new NewEvent(
            effect.Release,
            EventKinds.Outcome,
            new JsonObject { ["key"] = effect.Key, ["outcome"] = outcome.DeepClone() }
        );
        while (true)
        {
            var head = await ledger.HeadAsync(cancel);
            if (Done(await PastAsync(effect, cancel)) is { } done)
            {
                return done;
            }

            if ((await ledger.AppendAsync(now => now.Hash == head.Hash ? [news] : [], cancel)).Count > 0)
            {
                return outcome;
            }
        }
    }

    async Task<List<LedgerEvent>> PastAsync(Effect effect, CancellationToken cancel) =>
        [.. (await ledger.ReadAsync(effect.Release, cancel)).Where(fact => LedgerFold.Text(fact, "key") == effect.Key)];

    static JsonObject? Done(List<LedgerEvent> past) =>
        past.Find(fact => fact.Kind == EventKinds.Outcome) is { } done ? done.Data["outcome"] as JsonObject ?? [] : null;
}
