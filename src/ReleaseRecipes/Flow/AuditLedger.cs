using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Flow;

/// <summary>Verifies the whole ledger, and prints who did what, when, on whose approval.</summary>
public sealed class AuditLedger(ReleaseSession release)
{
    const int Shown = 40;

    /// <summary>Fails where anything in the ledger was edited, moved, inserted, removed or cut off.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        release.Terminal.Progress("verifying the ledger");
        var signers = await AllowedSignersAsync(cancel);
        var remote = release.Options.Push ? await Remotes.DefaultAsync(release.Git) : null;
        var report = await new LedgerAudit(release.Git, release.Strategy.Ledger, signers, remote).VerifyAsync(cancel);
        var filter = new AuditFilter(release.Options.ReleaseVersion);
        Show([.. AuditText.Report(report.Record, filter)]);
        if (release.Options.Output is { } path)
        {
            AtomicFile.Write(path, string.Concat(AuditText.JsonLines(report.Record, filter).Select(line => line + "\n")));
            release.Terminal.Line($"  Every event, as JSON Lines: {path}");
        }

        release.Json.Say(report.ToJson());
        release.Terminal.Heading(report.Ok ? "The ledger is whole" : "The ledger is NOT what it was");
        release.Terminal.Fact("events", $"{report.Events}");
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

    async Task<Approvals.AllowedSigners?> AllowedSignersAsync(CancellationToken cancel) =>
        release.Strategy.Environments.Select(environment => environment.Approvals).FirstOrDefault(rules => rules.Signed) is { } rules
            ? await Approvals.AllowedSigners.ReadAsync(
                release.Git,
                release.Strategy.Branching.MainBranch,
                rules.AllowedSigners,
                cancel: cancel
            )
            : null;
}
