using System.Collections;
using ReleaseRecipes.Gates.Evidence;
using ReleaseRecipes.Output;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates;

/// <summary>Runs one gate to its verdict, again as often as its retries allow.</summary>
sealed class GateCheck(PlannedGate gate, string root, string logFolder, Secrets secrets, TimeProvider clock, GateView view)
{
    /// <summary>The variable that tells a command where its reports are looked for.</summary>
    public const string ReportVariable = "RELEASE_GATE_REPORTS";

    readonly string reportFolder = Path.Combine(logFolder, "reports", gate.FileName);

    /// <summary>Runs what gates share, once for all of them.</summary>
    public required Func<string, Task<GatePreparation>> PrepareAsync { get; init; }

    public async Task<GateResult> RunAsync(IReadOnlyDictionary<string, Quantity>? baseline, CancellationToken cancel)
    {
        if (gate.Command is null && gate.Custom is null)
        {
            return Nothing();
        }

        using var log = new OutputLog(Path.Combine(logFolder, gate.FileName + ".log"), secrets);
        view.Started(gate, log);
        var began = clock.GetTimestamp();
        var result = gate.Custom is { } custom ? await AskAsync(custom, log, baseline, cancel) : await TryAsync(log, baseline, cancel);
        return Masked(result) with { Duration = clock.GetElapsedTime(began), Log = log.Path };
    }

    /// <summary>What reports and tools said goes into the ledger and into JSON, not only through the terminal.</summary>
    GateResult Masked(GateResult result) =>
        result with
        {
            Reason = secrets.Mask(result.Reason),
            Evaluated = result.Evaluated is { } evaluated ? secrets.Mask(evaluated) : null,
            ToolVersion = result.ToolVersion is { } version ? secrets.Mask(version) : null,
            Reports = [.. result.Reports.Select(report => report with { Path = secrets.Mask(report.Path) })],
        };

    GateResult Nothing() =>
        new(
            gate.Name,
            gate.Required,
            gate.Required ? GateVerdict.Failed : GateVerdict.NotRun,
            $"There is nothing to run: {gate.Why}. {gate.Advice}"
        )
        {
            Threshold = gate.Threshold,
        };

    async Task<GateResult> TryAsync(OutputLog log, IReadOnlyDictionary<string, Quantity>? baseline, CancellationToken cancel)
    {
        var version = ToolVersion.ReadAsync(gate.ToolVersion, root, cancel);
        if (gate.Prepare is { } prepare && await PrepareAsync(prepare) is { Problem: { } problem } failed)
        {
            foreach (var line in failed.LastLines)
            {
                log.Note(line);
            }

            return Result(GateVerdict.Failed, problem);
        }

        for (var attempt = 1; ; attempt++)
        {
            if (attempt > 1)
            {
                log.Note($"--- try {attempt} of {gate.Retries + 1} ---");
            }

            var result = await OnceAsync(log, baseline, cancel) with { Attempts = attempt, ToolVersion = await version };
            if (result.Verdict == GateVerdict.Passed || attempt > gate.Retries)
            {
                return result.Flaky ? result with { Reason = $"{result.Reason} (flaky: passed only at try {attempt})" } : result;
            }
        }
    }

    async Task<GateResult> OnceAsync(OutputLog log, IReadOnlyDictionary<string, Quantity>? baseline, CancellationToken cancel)
    {
        var fresh = new FreshReports(root, gate.Reports, reportFolder);
        var environment = gate.Environment.ToDictionary(
            pair => pair.Key,
            pair => pair.Value?.Replace("{reports}", reportFolder, StringComparison.Ordinal)
        );
        environment[ReportVariable] = reportFolder;
        var command = new ShellCommand(gate.Command!)
        {
            WorkingDirectory = root,
            Environment = environment,
            Timeout = gate.Timeout,
            OutputFile = gate.OutputReport is { } output ? Path.Combine(reportFolder, output) : null,
            Shown = gate.Shown,
        };
        var run = await ShellSession.RunAsync(command, log, clock, cancel);
        var evidence = ReportedEvidence.Read(fresh, root);
        if (
            gate is { Doubt: { } doubt, OutputReport: { } asked }
            && evidence is { Problems.Count: 0, Findings.Count: 0 }
            && await doubt(Path.Combine(reportFolder, asked), cancel) is { } why
        )
        {
            evidence = evidence with { Problems = [why] };
        }

        var metrics = new Dictionary<string, Quantity>(evidence.Metrics) { ["duration"] = Quantity.Seconds(run.Duration.TotalSeconds) };
        var decision = GateDecision.Of(gate, run, evidence, metrics, baseline);
        return Result(decision.Verdict, decision.Reason) with
        {
            Metrics = metrics,
            Evaluated = decision.Evaluated,
            ExitCode = run.ExitCode,
            Reports = evidence.Reports,
            EnvironmentNames = Names(environment.Keys),
        };
    }

    async Task<GateResult> AskAsync(IGate custom, OutputLog log, IReadOnlyDictionary<string, Quantity>? baseline, CancellationToken cancel)
    {
        Directory.CreateDirectory(reportFolder);
        using var late = new CancellationTokenSource(gate.Timeout, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            var answer = await custom.CheckAsync(new GateCandidate(root, reportFolder, log.Note), limit.Token);
            var decision = GateDecision.Of(gate, answer, baseline);
            return Result(decision.Verdict, decision.Reason) with
            {
                Metrics = answer.Metrics,
                Evaluated = decision.Evaluated,
                Attempts = 1,
            };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Result(GateVerdict.Unknown, $"It took longer than {Durations.Format(gate.Timeout)}.") with { Attempts = 1 };
        }
        // A check of the build's own may fail in any way; none of them is a pass, and none may hide the other gates' results.
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            log.Note(problem.ToString());
            return Result(GateVerdict.Unknown, $"It could not answer: {problem.Message}") with { Attempts = 1 };
        }
    }

    GateResult Result(GateVerdict verdict, string reason) =>
        new(gate.Name, gate.Required, verdict, reason) { Threshold = gate.Threshold, Command = gate.Command };

    static List<string> Names(IEnumerable<string> own) =>
        [
            .. Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(pair => (string)pair.Key)
                .Concat(own)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
}
