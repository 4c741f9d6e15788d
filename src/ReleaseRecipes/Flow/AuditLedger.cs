using ReleaseRecipes.Approvals;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Flow;

/// <summary>Verifies the whole ledger, and prints who did what, when, on whose approval.</summary>
public sealed class AuditLedger(ReleaseSession release)
{
    const int Shown = 40;

    /// <summary>Fails where anything in the ledger was edited, moved, inserted, removed or cut off, or something was done without its approval.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        release.Terminal.Progress("verifying the ledger");
        var remote = release.Options.Push ? await Remotes.DefaultAsync(release.Git) : null;
        using var rules = await RulesAsync(cancel);
        var report = await new LedgerAudit(release.Git, release.Strategy.Ledger, rules, remote).VerifyAsync(cancel);
        var filter = new AuditFilter(release.Options.ReleaseVersion, release.Options.Since, release.Options.Until);
        Show([.. AuditText.Report(report.Record, filter)]);
        if (release.Options.Output is { } path)
        {
            Write(path, report, filter);
        }

        release.Json.Say(report.ToJson());
        release.Terminal.Heading(report.Ok ? "The ledger is whole" : "The ledger is NOT what it was");
        release.Terminal.Fact("events", $"{report.Events}");
        release.Terminal.Fact("anchors", $"{report.Anchors} in tags, its own history and at remotes", Tone.Quiet);
        if (!report.Ok)
        {
            throw new ReleaseException(
                $"The audit found {report.Problems.Count} problem{(report.Problems.Count == 1 ? "" : "s")}.",
                string.Join('\n', report.Problems),
                $"Compare with another clone's {release.Strategy.Ledger.Ref}; what was published carries the ledger's head in its tag."
            );
        }
    }

    void Show(List<string> lines)
    {
        release.Terminal.Heading($"Audit of {release.ApplicationName}");
        if (lines.Count > Shown && release.Options.ReleaseVersion is null)
        {
            release.Terminal.Line(
                $"  … {lines.Count - Shown} lines before; one release: --release-version=V, all: --output=PATH",
                Tone.Quiet
            );
            lines = lines[^Shown..];
        }

        foreach (var line in lines)
        {
            release.Terminal.Line($"  {line}");
        }
    }

    /// <summary>The events themselves where the file is called .jsonl, else the report, with what the verification found at its top.</summary>
    void Write(string path, AuditReport report, AuditFilter filter)
    {
        var raw = path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
        var lines = raw ? AuditText.JsonLines(report.Record, filter) : Document(report, filter).Select(PlainText.Line);
        AtomicFile.Write(path, string.Concat(lines.Select(line => release.Secrets.Mask(line) + "\n")));
        release.Terminal.Line($"  {(raw ? "Every event, as JSON Lines" : "The report")}: {path}");
    }

    IEnumerable<string> Document(AuditReport report, AuditFilter filter) =>
        [
            $"Audit of {release.ApplicationName}",
            "",
            $"Ledger     {release.Strategy.Ledger.Ref}, {report.Events} events, the last one {(report.Record is [.., var last] ? last.Hash : "-")}",
            $"Verified   {(report.Ok ? "whole: nothing was edited, moved, inserted, removed or cut off" : $"NOT what it was: {report.Problems.Count} problems")}, by {report.Anchors} anchors",
            .. report.Problems.Select(problem => $"           {problem}"),
            .. AuditText.Report(report.Record, filter),
        ];

    async Task<RulesInTime> RulesAsync(CancellationToken cancel)
    {
        var based = await BaseBranch.FindAsync(release.Git, release.Strategy, release.KnownNames, refresh: false, cancel);
        return new RulesInTime(release.Git, based, StrategyFile.InRepository(release.Strategy.Path, release.Git.Root), release.KnownNames);
    }
}
