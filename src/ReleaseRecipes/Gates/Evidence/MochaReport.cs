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
        evidence.Add(new TestCounts(stats.Count("passes"), Math.Max(stats.Count("failures"), listed), stats.Count("pending")));
    }
}
