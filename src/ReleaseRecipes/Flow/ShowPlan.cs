using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Output;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Flow;

/// <summary>Prints what Release would do. Reads only: the same plan comes out on a pull request, without a token, on a read-only checkout.</summary>
public sealed class ShowPlan(ReleaseSession release)
{
    /// <summary>Prints the plan and says what is missing; a missing thing is no failure of the plan.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var toRelease = await new Preparation(release).DoneAsync(cancel);
        if (toRelease)
        {
            CommitSummary.Show(release.Terminal, release.Version);
        }

        var gates = GatePlan.For(release.Strategy.QualityGates, release.Git.Root, release.Parts.Gates);
        ShowGates(gates);
        var environments = toRelease ? await ShowEnvironmentsAsync(cancel) : [];
        var missing = await new Missing(release).FindAsync(gates, cancel);
        ShowMissing(missing);
        release.Json.Say(
            new JsonObject
            {
                ["version"] = release.Version.Version,
                ["release"] = toRelease,
                ["previous"] = release.Version.Previous,
                ["bump"] = release.Version.Bump,
                ["reason"] = release.Version.Reason,
                ["tag"] = release.Version.Tag,
                ["commit"] = release.Version.Commit,
                ["plan"] = toRelease ? release.Plan.Hash : null,
                ["components"] = DecideVersion.Components(release.Version),
                ["environments"] = new JsonArray([.. environments]),
                ["gates"] = gates.ToJson(),
                ["missing"] = new JsonArray([.. missing.Select(item => (JsonNode)item)]),
            }
        );
        if (toRelease)
        {
            release.Terminal.Next("To do all of this", release.Options.CommandFor("Release"));
        }
    }

    void ShowGates(GatePlan plan)
    {
        release.Terminal.Heading("Gates");
        foreach (var gate in plan.Gates)
        {
            var threshold = gate.Threshold is null ? "" : $"  [{gate.Threshold}]";
            release.Terminal.Line(
                $"  {gate.Name, -20} {(gate.Required ? "required" : "optional")}  {gate.Command ?? "nothing to run"}{threshold}"
            );
            release.Terminal.Line($"  {"", -20} {gate.Why}", Tone.Quiet);
        }

        if (plan.Gates.Count == 0)
        {
            release.Terminal.Line("  none", Tone.Quiet);
        }
    }

    async Task<List<JsonNode>> ShowEnvironmentsAsync(CancellationToken cancel)
    {
        release.Terminal.Heading("Environments");
        if (release.Plan.Environments.Count == 0)
        {
            release.Terminal.Line("  none: the release ends with its tag", Tone.Quiet);
        }

        var progress = ReleaseProgress.Of(await release.Ledger.ReadAsync(release.Version.Version, cancel));
        var documents = new List<JsonNode>();
        foreach (var environment in release.Plan.Environments)
        {
            documents.Add(Show(environment, await StandingAsync(environment.Settings, progress, cancel), progress));
        }

        return documents;
    }

    // Before there is a package, no approval can be there; afterwards those for this very package count.
    async Task<ApprovalStanding> StandingAsync(EnvironmentSettings settings, ReleaseProgress progress, CancellationToken cancel)
    {
        var digest = progress.Package?["digest"]?.GetValue<string>() ?? "";
        var subject = new ApprovalSubject(release.Version.Version, release.Version.Commit, digest, release.Plan.Hash, settings.Name);
        var rules = await release.RulesAsync(cancel);
        return await release.Approvals.StandingAsync(
            subject,
            rules.Unknown(settings) is null ? rules.Of(settings) : settings.Approvals,
            cancel
        );
    }

    JsonObject Show(PlannedEnvironment environment, ApprovalStanding approvals, ReleaseProgress progress)
    {
        var settings = environment.Settings;
        release.Terminal.Line($"  {settings.Name, -14} {settings.Type}, {settings.Provider}{Approvals(approvals)}");
        foreach (var (move, index) in environment.Moves.Select((move, index) => (move, index)))
        {
            release.Terminal.Line($"    {index + 1, 2}. {move.Description}", Tone.Quiet);
        }

        if (Already(settings.Name, progress) is { } already)
        {
            release.Terminal.Line($"    {already}", Tone.Warning);
        }

        return new JsonObject
        {
            ["name"] = settings.Name,
            ["type"] = settings.Type,
            ["provider"] = settings.Provider,
            ["moves"] = new JsonArray([.. environment.Moves.Select(move => (JsonNode)move.Description)]),
            ["already"] = Already(settings.Name, progress),
            ["approvals"] = new JsonObject { ["required"] = approvals.Required, ["present"] = approvals.Present.Count },
        };
    }

    static string? Already(string environment, ReleaseProgress progress) =>
        progress.Verified.Contains(environment) ? "It is there already: nothing of this will be done."
        : progress.RolledBack.TryGetValue(environment, out var reason)
            ? $"It was taken back from here ({reason}): only Deploy tries it again."
        : null;

    static string Approvals(ApprovalStanding standing) =>
        standing.Required == 0
            ? ""
            : $", {standing.Required} approval{(standing.Required == 1 ? "" : "s")} needed, {standing.Present.Count} there";

    void ShowMissing(IReadOnlyList<string> missing)
    {
        if (missing.Count == 0)
        {
            return;
        }

        release.Terminal.Heading("Missing");
        foreach (var item in missing)
        {
            release.Terminal.Line($"  {item}", Tone.Warning);
        }
    }
}
