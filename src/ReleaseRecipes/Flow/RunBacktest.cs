using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseRecipes.Components;
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
        var components = ComponentStrategy.Named(release.Strategy, release.Options.Components);
        var replayed = new List<(string? Component, BacktestRelease Release)>();
        foreach (var component in components.DefaultIfEmpty())
        {
            var report = await Backtest.RunAsync(release.Git, release.Strategy, release.Options.Last, component, cancel);
            replayed.AddRange(report.Releases.Select(one => (component?.Name, one)));
        }

        var whole = new BacktestReport([.. replayed.Select(one => one.Release)]);
        Show(whole);
        release.Json.Say(
            new JsonObject
            {
                ["agreement"] = whole.Agreement,
                ["releases"] = new JsonArray([.. replayed.Select(one => Document(one.Release, one.Component))]),
            }
        );
    }

    void Show(BacktestReport report)
    {
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
    }

    static JsonNode Document(BacktestRelease one, string? component) =>
        new JsonObject
        {
            ["component"] = component,
            ["from"] = one.From,
            ["to"] = one.To,
            ["actual"] = one.Actual,
            ["computed"] = one.Computed,
            ["agree"] = one.Agree,
            ["deciding_commit"] = one.DecidingCommit,
            ["reason"] = one.Reason,
        };
}
