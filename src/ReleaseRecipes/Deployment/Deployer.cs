using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Performs the moves of a rollout on a target, records each, and takes the candidate back on a breach. Killed anywhere and run again, it
/// reads the ledger, looks at the target, and goes on with the next move.
/// </summary>
/// <param name="target">Where versions run.</param>
/// <param name="metrics">What measures them.</param>
/// <param name="ledger">Where every move is recorded.</param>
/// <param name="effects">Around every change of the target: intent, change, outcome.</param>
/// <param name="clock">What waiting is measured by.</param>
/// <param name="terminal">Where it says what happens.</param>
/// <param name="smokeTester">Runs smoke tests; through the shell where null.</param>
public sealed class Deployer(
    ITarget target,
    IMetricSource metrics,
    ReleaseLedger ledger,
    Effects effects,
    TimeProvider clock,
    Terminal terminal,
    SmokeTester? smokeTester = null
)
{
    readonly TargetMover mover = new(target, new ProgressLine(terminal));
    readonly Watcher watcher = new(target, metrics, clock, terminal);
    readonly SmokeTester smokeTester = smokeTester ?? new SmokeTest(terminal).RunAsync;

    /// <summary>
    /// Brings the candidate to the environment, or goes on doing so. A rollout that ended rolled back is begun anew as another attempt;
    /// whether that is wanted the caller decides.
    /// </summary>
    /// <exception cref="ReleaseException">The ledger or the target cannot be reached, or the plan changed since it began; run again later, it goes on.</exception>
    public async Task<RolloutResult> RunAsync(Rollout rollout, IReadOnlyList<Move> moves, CancellationToken cancel)
    {
        await using var hold = await HoldAsync(cancel);
        return await hold.DoAsync(stop => GoAsync(rollout, moves, stop), cancel);
    }

    async Task<RolloutResult> GoAsync(Rollout rollout, IReadOnlyList<Move> moves, CancellationToken cancel)
    {
        var record = RolloutRecord.Of(await ledger.ReadAsync(rollout.Candidate.Version, cancel), rollout.Environment.Name);
        var journal = new RolloutJournal(ledger, effects, target, rollout, record.Attempt);
        if (!record.UnderWay)
        {
            if (rollout.Stable == rollout.Candidate.Version)
            {
                return new RolloutResult.Verified((await target.ReadAsync(cancel)).Url);
            }

            await journal.AppendAsync(cancel, Started(journal, rollout, moves));
        }
        else if (!record.Moves.SequenceEqual(moves.Select(move => move.Description)))
        {
            throw PlanChanged(rollout);
        }
        else if (record.VerifiedAt is null && record.Next > 0)
        {
            terminal.Line($"    going on with move {record.Next + 1} of {moves.Count}", Tone.Quiet);
        }

        return await new RolloutRun(rollout, moves, journal, Crew()).GoAsync(cancel);
    }

    /// <summary>Ends a rollout that is under way: its environment goes back to the stable version. Null where there is nothing to end.</summary>
    public async Task<RolloutResult.RolledBack?> AbortAsync(
        Rollout rollout,
        IReadOnlyList<Move> moves,
        string reason,
        CancellationToken cancel
    )
    {
        var record = RolloutRecord.Of(await ledger.ReadAsync(rollout.Candidate.Version, cancel), rollout.Environment.Name);
        var journal = new RolloutJournal(ledger, effects, target, rollout, record.Attempt);
        if (record is not { UnderWay: true, VerifiedAt: null })
        {
            return null;
        }

        await using var hold = await HoldAsync(cancel);
        return await hold.DoAsync(stop => new RolloutRun(rollout, moves, journal, Crew()).GoBackAsync(reason, stop), cancel);
    }

    /// <summary>
    /// Takes an environment back by hand: to the version given, or to the last verified one before what serves now. Only a version that was
    /// verified there is gone back to. Run again after a crash, it is finished.
    /// </summary>
    /// <exception cref="ReleaseException">There is no such version, or it was never verified there.</exception>
    public async Task<RolloutResult.RolledBack> RollbackAsync(
        EnvironmentSettings environment,
        ApplicationSettings application,
        string? toVersion,
        string reason,
        CancellationToken cancel
    )
    {
        await using var hold = await HoldAsync(cancel);
        var choice = await RollbackChoice.MakeAsync(ledger, await target.ReadAsync(cancel), environment, toVersion, cancel);
        var rollout = new Rollout(environment, application, choice.From, choice.To);
        var journal = new RolloutJournal(ledger, effects, target, rollout, choice.Attempt);
        var way = new WayBack(target, mover, journal, clock, terminal);
        return await hold.DoAsync(
            stop => way.GoAsync(rollout, reason, exclusive: environment.Type == "recreate", "rollback", stop, choice.Digest),
            cancel
        );
    }

    /// <summary>Lets a paused rollout take its next move when it is run again. False where none is paused.</summary>
    public static async Task<bool> LetGoOnAsync(ReleaseLedger ledger, string version, string environment, CancellationToken cancel)
    {
        var record = RolloutRecord.Of(await ledger.ReadAsync(version, cancel), environment);
        if (record.PausedAt < 0)
        {
            return false;
        }

        var data = new JsonObject { ["environment"] = environment, ["index"] = record.PausedAt };
        await ledger.AppendAsync(new NewEvent(version, EventKinds.Resumed, data), cancel);
        return true;
    }

    Task<PlaceHold> HoldAsync(CancellationToken cancel) => target.HoldAsync(effects.Owner, mover.Progress, cancel);

    RolloutCrew Crew() => new(target, mover, watcher, smokeTester, clock, terminal);

    static NewEvent Started(RolloutJournal journal, Rollout rollout, IReadOnlyList<Move> moves) =>
        journal.About(
            EventKinds.RolloutStarted,
            new JsonObject
            {
                ["strategy"] = rollout.Environment.Type,
                ["moves"] = new JsonArray([.. moves.Select(move => JsonValue.Create(move.Description))]),
                ["stable"] = rollout.Stable,
            }
        );

    static ReleaseException PlanChanged(Rollout rollout) =>
        new(
            $"The rollout of {rollout.Candidate.Version} to {rollout.Environment.Name} began with other moves than are planned now.",
            todo: "Put the strategy file back as it was, or end the rollout: ./build.sh --target=Abort"
        );
}
