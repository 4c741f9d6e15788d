using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Takes a candidate back: the version to go back to is made healthy first, then it gets all traffic, then the candidate is stopped. Where it
/// cannot be made healthy, what serves goes on serving, and that is said loudly.
/// </summary>
sealed class WayBack(ITarget target, TargetMover mover, RolloutJournal journal, TimeProvider clock, Terminal terminal)
{
    const int Tries = 3;

    /// <summary>Goes back to the rollout's stable version and records how that ended.</summary>
    /// <param name="rollout">The rollout whose candidate is taken back.</param>
    /// <param name="reason">Why.</param>
    /// <param name="exclusive">Whether the two versions must never run at once (recreate): then the candidate is stopped first.</param>
    /// <param name="key">What its effects are called in the ledger.</param>
    /// <param name="digest">The digest of the version to go back to, where the environment's record does not hold it.</param>
    /// <param name="cancel">Interrupts it; run again, it is finished.</param>
    public async Task<RolloutResult.RolledBack> GoAsync(
        Rollout rollout,
        string reason,
        bool exclusive,
        string key,
        CancellationToken cancel,
        string? digest = null
    )
    {
        terminal.Line($"    taking {rollout.Candidate.Version} back: {reason}", Tone.Bad);
        var intent = new JsonObject
        {
            ["from"] = rollout.Candidate.Version,
            ["to"] = rollout.Stable,
            ["reason"] = reason,
        };
        var problem = rollout.Stable is null
            ? await LeaveAsync(rollout, key, intent, cancel)
            : await ReturnAsync(rollout, exclusive, key, intent, cancel);
        var data = (JsonObject)intent.DeepClone();
        data["restored"] = problem is null;
        data["problem"] = problem;
        data["digest"] = digest;
        await journal.AppendAsync(cancel, journal.About(EventKinds.RolledBack, data));
        Tell(rollout, problem);
        return new RolloutResult.RolledBack(reason, problem is null) { To = rollout.Stable };
    }

    /// <summary>Nothing was deployed before: a candidate without traffic is stopped, one with traffic is all there is.</summary>
    async Task<string?> LeaveAsync(Rollout rollout, string key, JsonObject intent, CancellationToken cancel)
    {
        var version = rollout.Candidate.Version;
        if ((await target.ReadAsync(cancel)).Of(version).Weight > 0)
        {
            return $"there is no version to go back to; {version} goes on serving, unverified";
        }

        return await TryAsync(
            $"{key}/retire",
            intent,
            state => state.Of(version).Instances == 0,
            stop => target.RetireAsync(version, stop),
            cancel
        );
    }

    async Task<string?> ReturnAsync(Rollout rollout, bool exclusive, string key, JsonObject intent, CancellationToken cancel)
    {
        var before = Standing.Before(rollout);
        var (stable, from) = (rollout.Stable!, rollout.Candidate.Version);
        if (exclusive && (await target.ReadAsync(cancel)).Of(stable).Healthy == 0)
        {
            await TryAsync($"{key}/stop", intent, state => state.Of(from) is { Instances: 0, Weight: 0 }, StopAsync, cancel);
        }

        var down = await TryAsync(
            $"{key}/install",
            intent,
            state => state.Of(stable).Healthy >= before.Stable,
            stop => target.InstallAsync(stable, null, before.Stable, mover.Progress, stop),
            cancel
        );
        if (down is not null && (await target.ReadAsync(cancel)).Of(stable).Healthy == 0)
        {
            return await KeepAsync(rollout, exclusive, key, intent, $"{stable} does not come up: {down}", cancel);
        }

        var stuck = await TryAsync(
            $"{key}/shift",
            intent,
            state => state.Of(stable).Weight == 100,
            stop => target.ShiftAsync(before.Weights!, stop),
            cancel
        );
        if (stuck is not null)
        {
            return $"the traffic does not go back to {stable}: {stuck}";
        }

        var left = await TryAsync(
            $"{key}/retire",
            intent,
            state => state.Of(from).Instances == 0,
            stop => target.RetireAsync(from, stop),
            cancel
        );
        if (left is not null)
        {
            terminal.Line($"    {from} has no traffic but could not be stopped: {left}", Tone.Warning);
        }

        return null;

        Task StopAsync(CancellationToken stop) => mover.BringToAsync(rollout, Standing.Stopped, stop);
    }

    /// <summary>The version to go back to does not come up. What serves is kept; where nothing does, the candidate is brought back: better than nothing.</summary>
    async Task<string> KeepAsync(Rollout rollout, bool exclusive, string key, JsonObject intent, string problem, CancellationToken cancel)
    {
        var version = rollout.Candidate.Version;
        if (exclusive || (await target.ReadAsync(cancel)).Of(version) is { Healthy: > 0, Weight: < 100 })
        {
            var all = new Standing(rollout.Environment.Replicas, 0, new Dictionary<string, int> { [version] = 100 });
            var alone = rollout with { Stable = null };
            await TryAsync(
                $"{key}/keep",
                intent,
                state => TargetMover.Stands(state, alone, all),
                stop => mover.BringToAsync(alone, all, stop),
                cancel
            );
        }

        return problem;
    }

    /// <summary>Null where it was done; else why not. A target that fails once may well work at the second try.</summary>
    async Task<string?> TryAsync(
        string key,
        JsonObject intent,
        Func<TargetState, bool> isDone,
        Func<CancellationToken, Task> act,
        CancellationToken cancel
    )
    {
        for (var left = Tries - 1; ; left--)
        {
            try
            {
                await journal.EnsureAsync(key, intent, isDone, act, cancel);
                return null;
            }
            catch (TargetFailure failure) when (left == 0)
            {
                return failure.Message;
            }
            catch (TargetFailure)
            {
                await Task.Delay(TimeSpan.FromSeconds(Tries - left), clock, cancel);
            }
        }
    }

    void Tell(Rollout rollout, string? problem)
    {
        if (problem is null)
        {
            terminal.Line($"    {rollout.Environment.Name} is back on {rollout.Stable ?? "what it was: nothing was deployed"}", Tone.Good);
            return;
        }

        terminal.Line($"    {rollout.Environment.Name} IS NOT BACK: {problem}", Tone.Bad);
        terminal.Line("    It needs a person: deploy a version that works, or bring the old one up and run Rollback.", Tone.Bad);
    }
}
