using System.Text.Json;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>The JSON reporter of Mocha.</summary>
sealed class MochaReport : IJsonFormat
{
    public string Name => "Mocha JSON";

    public bool Fits(JsonElement root) => root.Find("stats") is { } stats && stats.Has("passes") && stats.Has("failures");

    public void Read(JsonElement root, GateEvidence evidence)
    {
        var stats = root.Need("stats");
        var listed = root.ItemsIfAny("failures").Count();
        if (Times.Of(stats.Text("end")) is { } end)
        {
            evidence.WrittenAt(end);
        }

        var failed = Names(root, "failures").ToHashSet(StringComparer.Ordinal);
        evidence.Add(
            Name,
            new TestCounts(stats.Count("passes"), Math.Max(stats.Count("failures"), listed), stats.Count("pending")),
            [.. Names(root, "tests").Union(failed).Select(name => new ReportedTest(name, failed.Contains(name)))]
        );
    }

    static IEnumerable<string> Names(JsonElement root, string list) =>
        root.ItemsIfAny(list).Select(test => test.Text("fullTitle") ?? test.Text("title") ?? "");
}
