using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Deployment;

/// <summary>Writes what one attempt does into the ledger, around every change of the target: intent, change, outcome.</summary>
sealed class RolloutJournal(ReleaseLedger ledger, Effects effects, ITarget target, Rollout rollout, Attempt attempt)
{
    string Release => rollout.Candidate.Version;

    /// <summary>The attempt as the ledger has it now; others may have written meanwhile.</summary>
    public async Task<RolloutRecord> ReadAsync(CancellationToken cancel) =>
        RolloutRecord.Of(await ledger.ReadAsync(Release, cancel), attempt.Environment);

    /// <summary>An event about this attempt.</summary>
    public NewEvent About(string kind, JsonObject data)
    {
        data["environment"] = attempt.Environment;
        data["attempt"] = attempt.Number;
        return new NewEvent(Release, kind, data);
    }

    /// <summary>Appends events, all or none; none for a releaser that lost its lease while it watched.</summary>
    public Task AppendAsync(CancellationToken cancel, params IReadOnlyList<NewEvent> events) => effects.AppendAsync(events, cancel);

    /// <summary>Changes the target once under a key of this attempt; after a crash it is looked at before anything is done again.</summary>
    /// <exception cref="TargetFailure">The target did not do it.</exception>
    public async Task OnceAsync(
        string key,
        JsonObject intent,
        Func<TargetState, bool> isDone,
        Func<CancellationToken, Task> act,
        CancellationToken cancel
    )
    {
        Exception? failure = null;
        try
        {
            await effects.OnceAsync(new Effect(Release, attempt.Key(key), intent, ProbeAsync, ActAsync), cancel);
        }
        catch (Exception problem) when (ReferenceEquals(problem, failure))
        {
            throw new TargetFailure(problem);
        }

        async Task<JsonObject> ActAsync(CancellationToken stop)
        {
            try
            {
                await act(stop);
                return [];
            }
            catch (Exception problem) when (problem is ReleaseException or IOException or HttpRequestException)
            {
                failure = problem;
                throw;
            }
        }

        async Task<Observation> ProbeAsync(CancellationToken stop)
        {
            try
            {
                return isDone(await target.ReadAsync(stop)) ? Observation.Present([]) : Observation.Absent;
            }
            catch (ReleaseException problem)
            {
                return Observation.Unknown(problem.Message);
            }
        }
    }

    /// <summary>
    /// Changes the target unless it stands so already, as often as it takes: a version that was brought up before a crash may be down again
    /// after it, and bringing it up anew is another effect with a key of its own.
    /// </summary>
    /// <exception cref="TargetFailure">The target did not do it.</exception>
    public async Task EnsureAsync(
        string key,
        JsonObject intent,
        Func<TargetState, bool> isDone,
        Func<CancellationToken, Task> act,
        CancellationToken cancel
    )
    {
        var events = await ledger.ReadAsync(Release, cancel);
        var done = events.Where(fact => fact.Kind == EventKinds.Outcome).Select(KeyOf).ToHashSet();
        var begun = events.Where(fact => fact.Kind == EventKinds.Intent).Select(KeyOf).ToHashSet();
        var free = Enumerable
            .Range(1, int.MaxValue)
            .Select(turn => turn == 1 ? key : $"{key}.{turn}")
            .First(name => !done.Contains(attempt.Key(name)));
        if (begun.Contains(attempt.Key(free)) || !isDone(await target.ReadAsync(cancel)))
        {
            await OnceAsync(free, intent, isDone, act, cancel);
        }
    }

    static string? KeyOf(LedgerEvent fact) => fact.Data["key"]?.GetValue<string>();
}
