using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Planning;

namespace ReleaseRecipes.Projections;

/// <summary>
/// The files of a release for people and other tools: <c>releases/VERSION/release-candidate.json</c>, <c>RELEASE_NOTES.md</c> and <c>CHANGELOG.md</c>.
/// They only repeat what the ledger says and may be deleted and written again at will.
/// </summary>
public sealed class ReleaseFiles(ReleaseSession release)
{
    /// <summary>Writes them from the ledger as it is now.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <param name="becomes">The state that the release is about to have; null for the one that it has.</param>
    public async Task WriteAsync(CancellationToken cancel, string? becomes = null)
    {
        var version = release.Version.Version;
        var events = await release.Ledger.ReadAsync(version, cancel);
        var progress = ReleaseProgress.Of(events);
        if (progress.Planned is not { } planned)
        {
            return;
        }

        var state = (await release.Ledger.HeadAsync(cancel)).State;
        var status = becomes ?? (state.Newest is { } newest && newest.Version == version ? newest.State : "draft");
        var folder = Path.Combine(release.Git.Root, "releases", version);
        new IgnoredFolder(release.Git).Ensure("/releases/");
        AtomicFile.Write(
            Path.Combine(folder, "release-candidate.json"),
            Candidate(planned, progress, events, status).ToJsonString(Json.Readable) + "\n"
        );
        AtomicFile.Write(Path.Combine(folder, "RELEASE_NOTES.md"), Notes(planned, progress, events, status));
        AtomicFile.Write(Path.Combine(folder, "CHANGELOG.md"), $"# Changelog for {version}\n\n{NotesOf(planned)}\n");
    }

    static JsonObject Candidate(LedgerEvent planned, ReleaseProgress progress, IReadOnlyList<LedgerEvent> events, string status) =>
        new()
        {
            ["version"] = planned.Release,
            ["branch"] = planned.Data["branch"]?.DeepClone(),
            ["commit_hash"] = planned.Data["commit"]?.DeepClone(),
            ["changelog"] = new JsonArray([.. NotesOf(planned).Split('\n').Select(line => (JsonNode?)line)]),
            ["quality_gates"] = new JsonArray([.. progress.Gates.Values.Select(gate => gate.DeepClone())]),
            ["created_at"] = planned.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["created_by"] = planned.Actor,
            ["status"] = status,
            ["tag"] = planned.Data["tag"]?.DeepClone(),
            ["plan"] = planned.Data["plan"]?.DeepClone(),
            ["package"] = progress.Package?.DeepClone(),
            ["approvals"] = new JsonArray([.. Admissions(events).Select(admission => admission.ToJson())]),
            ["environments"] = new JsonArray([.. progress.Verified.Order(StringComparer.Ordinal).Select(name => (JsonNode?)name)]),
        };

    string Notes(LedgerEvent planned, ReleaseProgress progress, IReadOnlyList<LedgerEvent> events, string status)
    {
        var text = new StringBuilder();
        text.Append("# Release ").Append(planned.Release).Append("\n\n");
        text.Append("- **Released:** ")
            .Append(planned.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture))
            .Append('\n');
        text.Append("- **By:** ").Append(Markdown.Line(planned.Actor)).Append('\n');
        text.Append("- **Branch:** ").Append(Markdown.Line(planned.Data["branch"]?.GetValue<string>() ?? "-")).Append('\n');
        text.Append("- **Commit:** ").Append(planned.Data["commit"]?.GetValue<string>()).Append('\n');
        text.Append("- **State:** ").Append(status).Append("\n\n");
        text.Append(NotesOf(planned)).Append("\n\n## Quality gates\n\n");
        text.Append(GateExports.Table(new GateReport([.. progress.Gates.Values.Select(GateResult.FromJson)])));

        WriteApprovals(text, [.. Admissions(events)]);
        text.Append("\n## Way back\n\n```\n").Append(release.Options.CommandFor("Rollback")).Append(" --environment=NAME\n```\n");
        return text.ToString();
    }

    static void WriteApprovals(StringBuilder text, IReadOnlyList<Admission> admissions)
    {
        if (admissions.Count == 0)
        {
            return;
        }

        text.Append("\n## Approvals\n\n| Environment | Approved by | Rules |\n|---|---|---|\n");
        foreach (var admission in admissions)
        {
            var rules = admission.Overridden ? $"**overridden**: {Cell(admission.Reason ?? "")}" : $"{admission.Minimum} asked for";
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {Cell(admission.Environment)} | {Cell(string.Join(", ", admission.Approvers))} | {rules} |\n"
            );
        }
    }

    /// <summary>The last admission to each environment.</summary>
    static IEnumerable<Admission> Admissions(IEnumerable<LedgerEvent> events) =>
        events.Select(Admission.Of).OfType<Admission>().GroupBy(admission => admission.Environment).Select(group => group.Last());

    static string Cell(string text) => Markdown.Line(text.ReplaceLineEndings(" ")).Replace("|", "\\|", StringComparison.Ordinal);

    static string NotesOf(LedgerEvent planned) => planned.Data["notes"]?.GetValue<string>().Trim() ?? "";
}
