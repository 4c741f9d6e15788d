using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Deployment;

/// <summary>One run of one attempt: from the next move to the last one, a pause, or back.</summary>
sealed class RolloutRun(Rollout planned, IReadOnlyList<Move> moves, RolloutJournal journal, RolloutCrew crew)
{
    bool stableLost;

    /// <summary>The Rollout, without its stable version where that could not be brought up.</summary>
    Rollout Rollout => stableLost ? planned with { Stable = null } : planned;

    public async Task<RolloutResult> GoAsync(CancellationToken cancel)
    {
        var record = await journal.ReadAsync(cancel);
        if (record.BackBecause is { } interrupted)
        {
            return await GoBackAsync(interrupted, cancel);
        }

        try
        {
            stableLost = record.StableLost;
            // A move that was begun brings the target to where it leads from wherever it stands.
            if (record.VerifiedAt is null && record.Begun < record.Next)
            {
                await PrepareAsync(record, cancel);
            }

            for (; record.Next < moves.Count; record = await journal.ReadAsync(cancel))
            {
                if (record.BackBecause is { } reason)
                {
                    return await GoBackAsync(reason, cancel);
                }

                if (await PerformAsync(record, cancel) is { } end)
                {
                    return end;
                }
            }
        }
        catch (TargetFailure failure)
        {
            record = await journal.ReadAsync(cancel);
            if (record.VerifiedAt is null)
            {
                return await GoBackAsync(failure.Message, cancel);
            }

            // Past the point of no return a failure to tidy up is told, and tried again by the next Rollout.
            crew.Terminal.Line($"    {failure.Message}", Tone.Warning);
        }

        await TidyAsync(cancel);
        return new RolloutResult.Verified((await crew.Target.ReadAsync(cancel)).Url);
    }

    public async Task<RolloutResult.RolledBack> GoBackAsync(string reason, CancellationToken cancel)
    {
        // A stable version that was lost before is tried once more: it may come up by now, and where it does not, that is said.
        var exclusive = moves.OfType<StopStable>().Any();
        return await new WayBack(crew.Target, crew.Mover, journal, crew.Clock, crew.Terminal).GoAsync(
            planned,
            reason,
            exclusive,
            "back",
            cancel
        );
    }

    /// <summary>
    /// Before the first move: the stable version serves everything, and nothing is left of rollouts that were given up. On the way back in
    /// after a crash: the target stands as the last move left it.
    /// </summary>
    async Task PrepareAsync(RolloutRecord record, CancellationToken cancel)
    {
        var standing = Standing.After(Rollout, moves.Take(record.Next));
        if (record.Next == 0 && Rollout.Stable is { } stable && !await TryPrepareAsync(standing, cancel))
        {
            if ((await crew.Target.ReadAsync(cancel)).Of(stable).Healthy == 0)
            {
                crew.Terminal.Line(
                    $"    {stable} does not come up: there is nothing to go back to, and the candidate gets all traffic",
                    Tone.Bad
                );
                stableLost = true;
            }
        }
        else if (record.Next > 0)
        {
            await BringToAsync($"again/{record.Next}", standing, ensure: true, cancel);
        }

        await TidyAsync(cancel);
    }

    async Task<bool> TryPrepareAsync(Standing standing, CancellationToken cancel)
    {
        try
        {
            await BringToAsync("before", standing, ensure: true, cancel);
            return true;
        }
        catch (TargetFailure failure)
        {
            crew.Terminal.Line($"    {failure.Message}", Tone.Warning);
            return false;
        }
    }

    /// <summary>Performs the next move. Not null where the run ends with it.</summary>
    async Task<RolloutResult?> PerformAsync(RolloutRecord record, CancellationToken cancel)
    {
        var (index, move) = (record.Next, moves[record.Next]);
        crew.Terminal.Line($"    {index + 1}/{moves.Count}  {move.Description}");
        switch (move)
        {
            case Watch watch:
                return record.LetGoOn == index ? await MovedAsync(index, cancel) : await WatchAsync(record, watch, cancel);
            case Pause pause:
                return record.LetGoOn == index
                    ? await MovedAsync(index, cancel)
                    : await PauseAsync(record, $"before: {pause.Next}", cancel);
            case Smoke smoke:
                return await SmokeAsync(record, smoke, cancel);
            case Promote:
                return await PromoteAsync(index, cancel);
            case Retire retire:
                await KeepAsync(record, retire.After, cancel);
                break;
        }

        await BringToAsync(
            index.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Standing.After(Rollout, moves.Take(index + 1)),
            ensure: false,
            cancel
        );
        return await MovedAsync(index, cancel);
    }

    async Task<RolloutResult?> WatchAsync(RolloutRecord record, Watch watch, CancellationToken cancel)
    {
        var result = await crew.Watcher.WatchAsync(Rollout, watch, record, journal.ReadAsync, cancel);
        var judged = journal.About(
            EventKinds.Judged,
            new JsonObject
            {
                ["index"] = record.Next,
                ["verdict"] = Word(result.Verdict),
                ["reason"] = result.Reason,
                ["metrics"] = result.Measurements,
            }
        );
        if (result.Verdict is WatchVerdict.Passed or WatchVerdict.LetGoOn)
        {
            return await MovedAsync(record.Next, cancel, judged);
        }

        if (result.Verdict != WatchVerdict.NoEvidence)
        {
            await journal.AppendAsync(cancel, judged);
            return await GoBackAsync(result.Reason, cancel);
        }

        var reason = $"no evidence: {result.Reason}";
        // Where nothing was deployed before, there is nothing to go back to.
        if (Rollout.Environment.RollbackOnNoData && Rollout.Stable is not null)
        {
            await journal.AppendAsync(cancel, judged);
            return await GoBackAsync(reason, cancel);
        }

        return await PauseAsync(record, reason, cancel, judged);
    }

    /// <summary>Waits for a person. Run again, it waits on, and says so only once.</summary>
    async Task<RolloutResult> PauseAsync(
        RolloutRecord record,
        string reason,
        CancellationToken cancel,
        params IReadOnlyList<NewEvent> before
    )
    {
        var paused = journal.About(EventKinds.Paused, new JsonObject { ["index"] = record.Next, ["reason"] = reason });
        IReadOnlyList<NewEvent> events = record.PausedAt == record.Next ? before : [.. before, paused];
        if (events.Count > 0)
        {
            await journal.AppendAsync(cancel, events);
        }

        return new RolloutResult.Paused(reason, $"--target=Promote --environment={Rollout.Environment.Name}");
    }

    async Task<RolloutResult?> SmokeAsync(RolloutRecord record, Smoke smoke, CancellationToken cancel)
    {
        var preview = await crew.Target.PreviewAsync(Rollout.Candidate.Version, cancel);
        return await crew.SmokeTester(Rollout, smoke.Command, preview, cancel) is { } problem
            ? await GoBackAsync(problem, cancel)
            : await MovedAsync(record.Next, cancel);
    }

    async Task<RolloutResult?> PromoteAsync(int index, CancellationToken cancel)
    {
        var state = await crew.Target.ReadAsync(cancel);
        var verified = new JsonObject { ["url"] = state.Url?.ToString(), ["digest"] = Rollout.Candidate.Digest };
        return await MovedAsync(index, cancel, journal.About(EventKinds.Verified, verified));
    }

    /// <summary>The version before is kept from its successor's promotion on, however often the run was interrupted meanwhile.</summary>
    async Task KeepAsync(RolloutRecord record, TimeSpan after, CancellationToken cancel)
    {
        var left = (record.VerifiedAt ?? crew.Clock.GetUtcNow()) + after - crew.Clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left < after ? left : after, crew.Clock, cancel);
        }
    }

    async Task<RolloutResult?> MovedAsync(int index, CancellationToken cancel, params IReadOnlyList<NewEvent> before)
    {
        var standing = Standing.After(Rollout, moves.Take(index + 1));
        var data = new JsonObject { ["index"] = index, ["move"] = moves[index].Description };
        if (standing.Weights is { } weights)
        {
            data["weights"] = new JsonObject(weights.Select(weight => KeyValuePair.Create<string, JsonNode?>(weight.Key, weight.Value)));
            data["stable_idle"] = Rollout.Stable is { } stable && !weights.ContainsKey(stable);
        }

        if (stableLost)
        {
            data["stable_lost"] = true;
        }

        await journal.AppendAsync(cancel, [.. before, journal.About(EventKinds.Moved, data)]);
        return null;
    }

    Task BringToAsync(string key, Standing standing, bool ensure, CancellationToken cancel)
    {
        var intent = new JsonObject
        {
            ["candidate"] = standing.Candidate,
            ["stable"] = standing.Stable,
            ["stable_lost"] = stableLost,
        };
        bool IsDone(TargetState state) => TargetMover.Stands(state, Rollout, standing);
        Task Act(CancellationToken stop) => crew.Mover.BringToAsync(Rollout, standing, stop);
        return ensure ? journal.EnsureAsync(key, intent, IsDone, Act, cancel) : journal.OnceAsync(key, intent, IsDone, Act, cancel);
    }

    /// <summary>Stops what earlier rollouts left behind. It has no traffic, so that failing to is no reason to stop.</summary>
    async Task TidyAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var stray in TargetMover.Strays(await crew.Target.ReadAsync(cancel), Rollout))
            {
                await journal.EnsureAsync(
                    $"stray/{stray}",
                    new JsonObject { ["version"] = stray },
                    state => state.Of(stray).Instances == 0,
                    stop => crew.Target.RetireAsync(stray, stop),
                    cancel
                );
            }
        }
        catch (Exception problem) when (problem is ReleaseException or TargetFailure)
        {
            crew.Terminal.Line($"    something of an earlier rollout could not be stopped: {problem.Message}", Tone.Warning);
        }
    }

    static string Word(WatchVerdict verdict) =>
        verdict switch
        {
            WatchVerdict.Passed => "passed",
            WatchVerdict.Breached => "breached",
            WatchVerdict.Unhealthy => "unhealthy",
            WatchVerdict.Aborted => "aborted",
            WatchVerdict.LetGoOn => "let_go_on",
            _ => "no_evidence",
        };
}
