using System.Text.Json;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>Istanbul's <c>coverage-summary.json</c>, written by nyc, c8 and Jest. It has totals only.</summary>
sealed class IstanbulSummary : IJsonFormat
{
    public string Name => "Istanbul summary";

    public bool Fits(JsonElement root) => root.Find("total") is { } total && total.Has("lines") && total.Has("statements");

    public void Read(JsonElement root, GateEvidence evidence)
    {
        var total = root.Need("total");
        var (lines, branches) = (total.Need("lines"), total.Need("branches"));
        evidence.Coverage.AddTotals(lines.Count("covered"), lines.Count("total"), branches.Count("covered"), branches.Count("total"));
    }
}
