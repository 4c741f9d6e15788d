using System.Collections.Concurrent;
using ReleaseRecipes.Output;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates;

/// <summary>Runs the gates of a plan side by side and shows how they are doing.</summary>
/// <param name="root">The top folder of the work tree, in which the commands run.</param>
/// <param name="logFolder">Where each gate's log (<c>NAME.log</c>) and reports (<c>reports/NAME</c>) go.</param>
/// <param name="terminal">Where progress and failures are shown.</param>
/// <param name="secrets">What must not stand in a log.</param>
/// <param name="clock">What timeouts and durations are measured by.</param>
public sealed class GateRun(string root, string logFolder, Terminal terminal, Secrets secrets, TimeProvider clock)
{
    // Commands and reports are given paths that hold in every folder.
    readonly string root = Path.GetFullPath(root);
    readonly string logFolder = Path.GetFullPath(logFolder);

    /// <summary>Runs every gate to its verdict. A gate that does not pass is no exception.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="baselines">By gate, what the last released version measured.</param>
    /// <param name="parallel">How many run side by side; the number of processors where null.</param>
    /// <param name="cancel">Ends every command with everything it started.</param>
    /// <exception cref="ReleaseException">A threshold cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing of it runs any more.</exception>
    public async Task<GateReport> RunAsync(
        GatePlan plan,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, Quantity>>? baselines = null,
        int? parallel = null,
        CancellationToken cancel = default
    )
    {
        foreach (var threshold in plan.Gates.Select(gate => gate.Threshold).OfType<string>())
        {
            Threshold.Parse(threshold);
        }

        ShellSession.EndOrphans(root);
        using var places = new SemaphoreSlim(Math.Max(1, parallel ?? Environment.ProcessorCount));
        using var turn = new SemaphoreSlim(1);
        var takesTurns = TakesTurns(plan);
        var preparations = new ConcurrentDictionary<string, Lazy<Task<GatePreparation>>>();
        var results = new GateResult[plan.Gates.Count];
        await using var view = new GateView(plan, terminal, clock);

        async Task CheckAsync(int index, CancellationToken cancelled)
        {
            var gate = plan.Gates[index];
            using var only = takesTurns[index] ? await HeldPlace.TakeAsync(turn, cancelled) : null;
            using var place = await HeldPlace.TakeAsync(places, cancelled);
            var check = new GateCheck(gate, root, logFolder, secrets, clock, view)
            {
                PrepareAsync = command =>
                    preparations
                        .GetOrAdd(
                            command,
                            text => new(() => GatePreparation.RunAsync(text, gate.Environment, root, logFolder, secrets, clock, cancelled))
                        )
                        .Value,
            };
            results[index] = await check.RunAsync(baselines?.GetValueOrDefault(gate.Name), cancelled);
            view.Finished(results[index]);
        }

        var beside = Indexes(plan, exclusive: false).Select(index => CheckAsync(index, cancel)).ToList();
        await Task.WhenAll(beside);
        foreach (var alone in Indexes(plan, exclusive: true))
        {
            await CheckAsync(alone, cancel);
        }

        return new GateReport(SharedReports.TakeAway(results, index => !takesTurns[index] && !plan.Gates[index].Exclusive));
    }

    static IEnumerable<int> Indexes(GatePlan plan, bool exclusive) =>
        Enumerable.Range(0, plan.Gates.Count).Where(index => plan.Gates[index].Exclusive == exclusive);

    /// <summary>
    /// Gates that build in the same folder or look for reports in the same places take turns: side by side, one would break the
    /// other's build or take the other's reports for its own.
    /// </summary>
    static bool[] TakesTurns(GatePlan plan)
    {
        static IEnumerable<string> Places(PlannedGate gate) =>
            gate.Workspace is { } workspace ? [workspace, .. gate.Reports] : gate.Reports;
        var shared = plan
            .Gates.SelectMany(gate => Places(gate).Distinct())
            .GroupBy(place => place)
            .Where(place => place.Count() > 1)
            .Select(place => place.Key)
            .ToHashSet();
        return [.. plan.Gates.Select(gate => Places(gate).Any(shared.Contains))];
    }
}
