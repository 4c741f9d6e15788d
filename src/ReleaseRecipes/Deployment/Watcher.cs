using System.Text.Json.Nodes;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Deployment;

/// <summary>Watches a candidate for one interval: measures it, judges each measurement, and looks at its instances meanwhile.</summary>
sealed class Watcher(ITarget target, IMetricSource metrics, TimeProvider clock, Terminal terminal)
{
    /// <summary>How long a source may take to answer.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Watches to the end, or until more watching cannot change the answer.</summary>
    public async Task<WatchResult> WatchAsync(
        Rollout rollout,
        Watch watch,
        RolloutRecord record,
        Func<CancellationToken, Task<RolloutRecord>> reread,
        CancellationToken cancel
    )
    {
        var judge = Judges.For(rollout.Environment);
        var baselines = new Baselines(metrics, record.StableIdleSince, watch.Interval);
        var health = new HealthWatch(target, rollout, clock);
        var taken = new JsonArray();
        var tally = new Tally(rollout.Environment);
        var begun = clock.GetUtcNow();
        var from = begun;
        var count = Math.Max(1, watch.Measurements);
        for (var number = 1; number <= count; number++)
        {
            terminal.Progress($"        watching, measurement {number}/{count} {tally.LastReason}");
            if (await health.UntilAsync(begun + (watch.Interval * number / count), cancel) is { } unhealthy)
            {
                return new WatchResult(WatchVerdict.Unhealthy, unhealthy, taken);
            }

            var latest = await reread(cancel);
            if (latest.Aborted)
            {
                return new WatchResult(WatchVerdict.Aborted, latest.BackBecause ?? "aborted", taken);
            }

            if (latest.LetGoOn == record.Next)
            {
                return new WatchResult(WatchVerdict.LetGoOn, "a person let it go on", taken);
            }

            var last = number == count;
            var (judgement, measured) = await JudgeAsync(judge, baselines, rollout, from, cancel);
            if (judgement.Finding == Finding.TooFew && last && from > begun)
            {
                (judgement, measured) = await JudgeAsync(judge, baselines, rollout, begun, cancel);
            }

            taken.Add(MeasurementJson.Of(clock.GetUtcNow(), judgement, measured));
            terminal.Line($"        {number}/{count}  {judgement.Reason}", judgement.Finding == Finding.Good ? Tone.Quiet : Tone.Warning);
            if (judgement.Finding == Finding.TooFew && !last)
            {
                continue;
            }

            from = clock.GetUtcNow();
            tally = tally.Add(judgement);
            if (tally.IsBreached)
            {
                return new WatchResult(WatchVerdict.Breached, tally.LastReason, taken);
            }

            if (tally.IsBlind)
            {
                break;
            }
        }

        return tally.Passes
            ? new WatchResult(WatchVerdict.Passed, $"{tally.Good} of {count} measurements good", taken)
            : new WatchResult(WatchVerdict.NoEvidence, tally.LastReason, taken);
    }

    async Task<(Judgement Judgement, Measurement Measured)> JudgeAsync(
        IJudge? judge,
        Baselines baselines,
        Rollout rollout,
        DateTimeOffset from,
        CancellationToken cancel
    )
    {
        if (judge is null)
        {
            return (new Judgement(Finding.Good, "all instances are healthy"), new Measurement());
        }

        var window = new MeasurementWindow(rollout.Environment.Name, rollout.Candidate.Version, rollout.Stable, from, clock.GetUtcNow());
        var measured = await MeasureAsync(baselines, window, cancel);
        return (judge.Judge(measured), measured);
    }

    async Task<Measurement> MeasureAsync(Baselines baselines, MeasurementWindow window, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            return await baselines.CompleteAsync(await metrics.MeasureAsync(window, either.Token), window, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Measurement { Problem = $"{metrics.Name} did not answer within {Durations.Format(Patience)}" };
        }
        catch (Exception problem) when (problem is ReleaseException or IOException or HttpRequestException)
        {
            return new Measurement { Problem = $"{metrics.Name}: {problem.Message}" };
        }
    }
}
