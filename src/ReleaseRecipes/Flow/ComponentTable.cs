using ReleaseRecipes.Components;
using ReleaseRecipes.Output;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Flow;

/// <summary>The components of a release as a table: from which version to which, and why.</summary>
static class ComponentTable
{
    const int OutsideShown = 5;

    /// <summary>Prints one line a component, in the order in which they are released, and the commits that belong to none.</summary>
    public static void Show(Terminal terminal, VersionDecision version)
    {
        var name = version.Components.Max(one => one.Name.Length);
        var step = version.Components.Max(one => Step(one.Decision).Length);
        foreach (var (component, decision) in version.Components)
        {
            terminal.Line(
                $"  {component.PadRight(name)}  {Step(decision).PadRight(step)}  {decision.Bump, -10}  {decision.Reason}",
                decision.Nothing ? Tone.Quiet : Tone.Plain
            );
        }

        if (version.Outside.Count > 0)
        {
            terminal.Line($"  {version.Outside.Count} commit{(version.Outside.Count == 1 ? "" : "s")} of no component:", Tone.Quiet);
            foreach (var commit in version.Outside.Take(OutsideShown))
            {
                terminal.Line($"    {commit.ShortHash} {ConventionalParser.Parse(commit.Message).Header}", Tone.Quiet);
            }

            if (version.Outside.Count > OutsideShown)
            {
                terminal.Line($"    … and {version.Outside.Count - OutsideShown} more", Tone.Quiet);
            }
        }
    }

    static string Step(VersionDecision decision) =>
        decision.Nothing
            ? decision.Version.Length > 0
                ? decision.Version
                : "none"
            : decision.Previous is null
                ? decision.Version
                : $"{decision.Previous} → {decision.Version}";
}
