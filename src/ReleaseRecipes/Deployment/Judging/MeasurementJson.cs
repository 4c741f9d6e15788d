using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Deployment;

/// <summary>Measurements as the ledger keeps them. Numbers that JSON has no words for (NaN, infinities) are text.</summary>
static class MeasurementJson
{
    public static JsonObject Of(DateTimeOffset at, Judgement judgement, Measurement measured)
    {
        var json = new JsonObject
        {
            ["at"] = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["finding"] = Word(judgement.Finding),
            ["reason"] = judgement.Reason,
            ["candidate"] = Values(measured.Candidate),
        };
        if (measured.Baseline.Count > 0)
        {
            json["baseline"] = Values(measured.Baseline);
        }

        if (measured.Requests is { } requests)
        {
            json["requests"] = requests;
        }

        return json;
    }

    static JsonObject Values(IReadOnlyDictionary<string, Quantity> values) =>
        new(
            values
                .OrderBy(value => value.Key, StringComparer.Ordinal)
                .Select(value => KeyValuePair.Create<string, JsonNode?>(value.Key, Number(value.Value.Value)))
        );

    static JsonValue Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));

    static string Word(Finding finding) =>
        finding switch
        {
            Finding.Good => "good",
            Finding.Breached => "breached",
            Finding.TooFew => "too_few_requests",
            Finding.Error => "error",
            _ => "inconclusive",
        };
}
