using ReleaseRecipes.Output;

namespace ReleaseRecipes.Gates;

/// <summary>The end of a gate's log, folded where the CI server can fold.</summary>
static class LogExcerpt
{
    public static void Show(Terminal terminal, GateResult result, IReadOnlyList<string> lines)
    {
        var fold = LogFold.OfThisServer(result.Name);
        terminal.Command(fold?.Begin($"{result.Name}: the last lines of its log"));
        foreach (var line in lines)
        {
            terminal.Line($"    {line}", Tone.Quiet);
        }

        terminal.Line($"    all of it: {result.Log}", Tone.Quiet);
        terminal.Command(fold?.End());
    }
}
