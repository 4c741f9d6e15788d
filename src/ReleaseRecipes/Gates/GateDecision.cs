using ReleaseRecipes.Gates.Evidence;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates;

/// <summary>What one run of a gate comes to. Pure: the exit code and the evidence go in, the verdict and its reason come out.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why, and what to do where it is no pass.</param>
/// <param name="Evaluated">The threshold with the values put in; null where there is none or it was not asked.</param>
sealed record GateDecision(GateVerdict Verdict, string Reason, string? Evaluated = null)
{
    static readonly string[] TestMetrics = ["failed_tests", "success_rate"];
    static readonly string[] Findings = ["vulnerabilities", "errors", "warnings", "notes"];

    /// <summary>Decides on a command that ran.</summary>
    public static GateDecision Of(
        PlannedGate gate,
        ShellResult run,
        ReportedEvidence evidence,
        IReadOnlyDictionary<string, Quantity> metrics,
        IReadOnlyDictionary<string, Quantity>? baseline
    )
    {
        var threshold = gate.Threshold is { } text ? Threshold.Parse(text) : null;
        var evaluation = threshold?.Evaluate(metrics, baseline);
        var tolerant = threshold?.Metrics.Intersect(TestMetrics).Any() == true;
        return WhyTheRunFailed(gate, run, evidence, metrics) is { } failure ? new(GateVerdict.Failed, failure, evaluation?.Text)
            : evidence.Problems.Count > 0 ? new(GateVerdict.Unknown, string.Join(" ", evidence.Problems), evaluation?.Text)
            : evidence.Tests is { Ran: 0 } ? new(GateVerdict.Failed, "Not one test ran. " + WhyNoTests(evidence.Tests), evaluation?.Text)
            : NotLeft(gate, evidence) is { Count: > 0 } notLeft
                ? new(
                    GateVerdict.Unknown,
                    $"The command left no {Names(notLeft)}: that scanner did not run to its end. Its log says why.",
                    evaluation?.Text
                )
            : gate.ExpectsReport && evidence.Reports.Count == 0 ? new(GateVerdict.Unknown, NoReport(gate, evidence), evaluation?.Text)
            : evidence.Tests is { Failed: > 0 and var failed } && !tolerant
                ? new(
                    GateVerdict.Failed,
                    $"The command ended with 0, but its reports list {Counted(failed, "failed test")}{Which(evidence)}.",
                    evaluation?.Text
                )
            : evaluation is null ? new(GateVerdict.Passed, WhatPassed(evidence))
            : Judged(
                gate,
                evidence,
                evaluation,
                metrics,
                threshold!.BaselineMetrics.Where(metric => baseline?.ContainsKey(metric) != true).ToList()
            );
    }

    /// <summary>Decides on the answer of a class.</summary>
    public static GateDecision Of(PlannedGate gate, GateAnswer answer, IReadOnlyDictionary<string, Quantity>? baseline)
    {
        var evaluation = gate.Threshold is { } text ? Threshold.Parse(text).Evaluate(answer.Metrics, baseline) : null;
        return !answer.Passed ? new(GateVerdict.Failed, answer.Reason, evaluation?.Text)
            : evaluation is null or { Answer: Answer.Yes } ? new(GateVerdict.Passed, answer.Reason, evaluation?.Text)
            : new(evaluation.Answer == Answer.No ? GateVerdict.Failed : GateVerdict.Unknown, evaluation.Text, evaluation.Text);
    }

    static GateDecision Judged(
        PlannedGate gate,
        ReportedEvidence evidence,
        Evaluation evaluation,
        IReadOnlyDictionary<string, Quantity> metrics,
        List<string> withoutBaseline
    ) =>
        evaluation.Answer switch
        {
            Answer.Yes => new(GateVerdict.Passed, evaluation.Text, evaluation.Text),
            Answer.No => new(GateVerdict.Failed, evaluation.Text + WhatWasFound(gate, evidence), evaluation.Text),
            _ => new(
                GateVerdict.Unknown,
                $"There is no evidence for the threshold: {evaluation.Text}. {(withoutBaseline.Count > 0 ? NoBaseline(withoutBaseline) : WhatIsMissing(gate, evidence, metrics))}",
                evaluation.Text
            ),
        };

    static string WhatWasFound(PlannedGate gate, ReportedEvidence evidence) =>
        gate.Threshold!.Contains("vulnerabilities", StringComparison.Ordinal) && evidence.Findings.Count > 0
            ? $". Found: {Names(evidence.Findings)}"
        : evidence.FailedTests.Count > 0 ? $". Failed: {Names(evidence.FailedTests)}"
        : "";

    static string NoBaseline(List<string> metrics) =>
        $"No release before this one measured {Names(metrics)}. Give this release a threshold without baseline, such as coverage > 80%: the next one is compared with it.";

    static string? WhyTheRunFailed(
        PlannedGate gate,
        ShellResult run,
        ReportedEvidence evidence,
        IReadOnlyDictionary<string, Quantity> metrics
    ) =>
        run switch
        {
            { TimedOut: true } =>
                $"It took longer than {Durations.Format(gate.Timeout)} and was ended with everything it started. Give it more time with 'timeout:' if it needs it.",
            { ExitCode: 0 } => null,
            _ when gate.FindingsExitCodes.Contains(run.ExitCode) && evidence.Reports.Count > 0 => NotLeft(gate, evidence).Count > 0
            || Findings.Any(name => metrics.TryGetValue(name, out var count) && count.Value > 0)
                ? null
                : $"The exit code {run.ExitCode} says that something was found, but no report lists a finding: the scan did not run to its end.{Problems(evidence)}",
            { ExitCode: 127 } =>
                "The shell did not find the command (exit code 127). Install the program, or set 'command:' to what is there.",
            { ExitCode: 126 } => "The command may not be executed (exit code 126). Make it executable: chmod +x.",
            _ when evidence.Tests is { Failed: > 0 and var failed } =>
                $"{Counted(failed, "test")} failed of {evidence.Tests.Ran}{Which(evidence)} (exit code {run.ExitCode}).",
            _ when evidence.Tests is { Ran: 0 } tests => $"Not one test ran (exit code {run.ExitCode}). {WhyNoTests(tests)}",
            { ExitCode: > 128 and < 160 } =>
                $"The command was ended by {Signal(run.ExitCode - 128)} (exit code {run.ExitCode}).{Problems(evidence)}",
            _ => $"The command ended with exit code {run.ExitCode}.{Problems(evidence)}",
        };

    static string Signal(int number) =>
        number switch
        {
            6 => "signal 6: it gave up by itself (abort)",
            9 => "signal 9: somebody killed it, often the system for want of memory",
            11 => "signal 11: it crashed (segmentation fault)",
            _ => $"signal {number}",
        };

    static string Problems(ReportedEvidence evidence) =>
        string.Concat(evidence.Problems.Take(3).Select(problem => " " + problem))
        + (
            evidence is { Reports.Count: 0, Problems.Count: 0, Unrecognised.Count: > 0 }
                ? $" What it wrote is no report: {Names(evidence.Unrecognised)}."
                : ""
        );

    /// <summary>The first names of what failed.</summary>
    static string Which(ReportedEvidence evidence) => evidence.FailedTests.Count == 0 ? "" : ": " + Names(evidence.FailedTests);

    /// <summary>Of what must be left what was not read.</summary>
    static List<string> NotLeft(PlannedGate gate, ReportedEvidence evidence) =>
        [.. gate.MustLeave.Where(file => !evidence.Reports.Any(report => report.Path == $"${GateCheck.ReportVariable}/{file}"))];

    static string WhyNoTests(TestCounts tests) =>
        tests.Skipped > 0
            ? $"All {tests.Skipped} are skipped, and that is no evidence."
            : "The report lists none: check the filter and the names by which the runner finds tests.";

    static string NoReport(PlannedGate gate, ReportedEvidence evidence) =>
        "The command ended with 0 but left no report. "
        + (evidence.Stale.Count > 0 ? Old(evidence) : gate.Advice ?? "Check 'reports:' and that tests were found.");

    static string WhatIsMissing(PlannedGate gate, ReportedEvidence evidence, IReadOnlyDictionary<string, Quantity> metrics) =>
        evidence switch
        {
            { Reports.Count: 0, Stale.Count: > 0 } => Old(evidence),
            { Reports.Count: 0, Unrecognised.Count: > 0 } =>
                $"What the command wrote is of no format that is known: {Names(evidence.Unrecognised)}. Known are {string.Join(", ", ReportReader.Formats)}.",
            _ when gate.Advice is { } advice => advice,
            { Reports.Count: 0 } =>
                "The command left no report where one is looked for. Let it write one into $RELEASE_GATE_REPORTS, or name it with 'reports:'.",
            _ =>
                $"Read were {Names([.. evidence.Reports.Select(report => $"{report.Path} ({report.Format})")])}; measured: {string.Join(", ", metrics.Keys.Order(StringComparer.Ordinal))}.",
        };

    static string Old(ReportedEvidence evidence) =>
        $"There is {Names(evidence.Stale)}, but from before this run: an old report is no evidence. Check that the command writes it anew.";

    static string WhatPassed(ReportedEvidence evidence) =>
        evidence.Tests is { } tests
            ? $"{Counted(tests.Ran, "test")} passed" + (tests.Skipped > 0 ? $", {tests.Skipped} skipped" : "")
            : "exit code 0";

    static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(3)) + (names.Count > 3 ? $" and {names.Count - 3} more" : "");

    static string Counted(long count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
