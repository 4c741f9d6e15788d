using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseRecipes.Output;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Flow;

/// <summary>Shows what the versioning strategy would have made of the repository's past releases.</summary>
public sealed class RunBacktest(ReleaseSession release)
{
    /// <summary>Prints every difference with its reason.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        release.Terminal.Progress("reading the releases of the past");
        var report = await Backtest.RunAsync(release.Git, release.Strategy, release.Options.Last, cancel);
        release.Terminal.Heading($"{report.Releases.Count} releases replayed");
        foreach (var different in report.Releases.Where(one => !one.Agree))
        {
            release.Terminal.Line(
                $"  {different.From} → {different.To}  was {different.Actual}, computed {different.Computed}",
                Tone.Warning
            );
            release.Terminal.Line($"    {different.Reason}", Tone.Quiet);
        }

        release.Terminal.Fact(
            "agreement",
            report.Agreement?.ToString("P1", CultureInfo.InvariantCulture) ?? "nothing to compare",
            Tone.Good
        );
        release.Json.Say(
            new JsonObject { ["agreement"] = report.Agreement, ["releases"] = new JsonArray([.. report.Releases.Select(Document)]) }
        );
    }

    static JsonNode Document(BacktestRelease one) =>
        new JsonObject
        {
            ["from"] = one.From,
            ["to"] = one.To,
            ["actual"] = one.Actual,
            ["computed"] = one.Computed,
            ["agree"] = one.Agree,
            ["deciding_commit"] = one.DecidingCommit,
            ["reason"] = one.Reason,
        };
}
