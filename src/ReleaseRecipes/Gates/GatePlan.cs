using System.Text.Json.Nodes;
using ReleaseRecipes.Gates.Projects;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Gates;

/// <summary>Which gates there are and what each will run: a look at the project's files that runs nothing and changes nothing.</summary>
/// <param name="Gates">The gates in the order of the strategy file.</param>
public sealed record GatePlan(IReadOnlyList<PlannedGate> Gates)
{
    /// <summary>Finds the command of every gate that does not name its own.</summary>
    /// <param name="gates">The gates of the strategy file.</param>
    /// <param name="root">The top folder of the work tree.</param>
    /// <param name="registered">Gates that are classes of the build.</param>
    public static GatePlan For(IReadOnlyList<GateSettings> gates, string root, IEnumerable<IGate>? registered = null)
    {
        var files = new ProjectFiles(root);
        var custom = (registered ?? []).ToDictionary(gate => gate.Name, StringComparer.Ordinal);
        return new GatePlan([.. gates.Select(gate => Plan(gate, files, custom.GetValueOrDefault(gate.Name)))]);
    }

    public JsonArray ToJson() => [.. Gates.Select(gate => gate.ToJson())];

    static PlannedGate Plan(GateSettings gate, ProjectFiles files, IGate? custom)
    {
        var planned = new PlannedGate(gate.Name)
        {
            Required = gate.Required,
            Threshold = gate.Threshold,
            Timeout = gate.Timeout,
            Retries = gate.Retries,
            Exclusive = gate.Exclusive,
            Reports = gate.Reports,
            ExpectsReport = gate.Reports.Count > 0,
        };
        return gate switch
        {
            { Command: { } command } => planned with
            {
                Command = command,
                Why = "command of the strategy file",
                Reports = UsualReports.For(gate),
            },
            _ when custom is not null => planned with { Custom = custom, Why = $"the build's own {custom.GetType().Name}" },
            _ => Found(planned, gate, files),
        };
    }

    static PlannedGate Found(PlannedGate planned, GateSettings gate, ProjectFiles files)
    {
        var found = ProjectKinds
            .InOrder.Select(kind => (Kind: kind, Command: kind.Find(gate, files)))
            .Where(pair => pair.Command is not null)
            .ToList();
        if (found.Count == 0)
        {
            return planned with { Why = ProjectKinds.WhyNothing(gate.Name, files), Advice = ProjectKinds.WhatToDo(gate, files) };
        }

        var (_, command) = found[0];
        var others =
            found.Count == 1
                ? ""
                : $"; not run: {string.Join(", ", found.Skip(1).Select(other => other.Kind.Name))} (a command of your own can run all)";
        return planned with
        {
            Command = command!.Text,
            Why = command.Why + others,
            Advice = command.Advice,
            Prepare = command.Prepare,
            Workspace = command.Workspace,
            Environment = command.Environment,
            ToolVersion = command.ToolVersion,
            ExpectsReport = command.WritesReport || gate.Reports.Count > 0,
            OutputReport = command.OutputReport,
            Shown = command.Shown,
            Doubt = command.Doubt,
            MustLeave = command.MustLeave,
            FindingsExitCodes = command.FindingsExitCodes,
            Reports = gate.Reports.Count > 0 ? gate.Reports : command.Reports,
        };
    }
}
