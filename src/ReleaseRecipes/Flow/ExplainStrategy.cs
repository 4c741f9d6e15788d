using System.Text.Json.Nodes;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Flow;

/// <summary>Prints every value that is in force and where it comes from.</summary>
public sealed class ExplainStrategy(ReleaseSession release)
{
    /// <summary>Prints the values.</summary>
    public Task RunAsync(CancellationToken cancel)
    {
        var rows = StrategyExplanation.Of(release.Strategy);
        var widest = rows.Max(row => row.Path.Length);
        release.Terminal.Heading(release.Strategy.Path ?? "No strategy file: the defaults");
        foreach (var row in rows)
        {
            release.Terminal.Line(
                $"  {row.Path.PadRight(widest)}  {row.Value}  ({row.Source})",
                row.Source == "default" ? Tone.Quiet : Tone.Plain
            );
        }

        release.Json.Say(
            new JsonObject
            {
                ["values"] = new JsonArray([
                    .. rows.Select(row => new JsonObject
                    {
                        ["path"] = row.Path,
                        ["value"] = row.Value,
                        ["source"] = row.Source,
                    }),
                ]),
            }
        );
        return Task.CompletedTask;
    }
}
