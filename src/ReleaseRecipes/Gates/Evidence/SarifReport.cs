using System.Globalization;
using System.Text.Json;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>
/// SARIF 2.1.0, written by CodeQL, Semgrep, Trivy, analyzers and many others. A result whose rule carries a
/// <c>security-severity</c> is rated by it; a result that nobody rated is an unrated finding.
/// </summary>
sealed class SarifReport : IJsonFormat
{
    public string Name => "SARIF";

    public bool Fits(JsonElement root) => root.Has("runs") && (root.Has("version") || root.Has("$schema"));

    public void Read(JsonElement root, GateEvidence evidence)
    {
        var version = root.Text("version") ?? "";
        if (!version.StartsWith("2.1", StringComparison.Ordinal))
        {
            throw new FormatException(
                $"it is SARIF {XmlValues.Shortened(version)}, and only 2.1.0 is read; for C# that is <ErrorLog>file.sarif,version=2.1</ErrorLog>"
            );
        }

        foreach (var metric in new[] { "errors", "warnings", "notes" })
        {
            evidence.Count(metric, 0);
        }

        foreach (var run in root.Items("runs"))
        {
            ReadRun(run, evidence);
        }
    }

    static void ReadRun(JsonElement run, GateEvidence evidence)
    {
        if (run.ItemsIfAny("invocations").Any(invocation => invocation.Find("executionSuccessful") is { ValueKind: JsonValueKind.False }))
        {
            throw new FormatException("the scan did not succeed (executionSuccessful is false)");
        }

        foreach (
            var end in run.ItemsIfAny("invocations").Select(invocation => Times.Of(invocation.Text("endTimeUtc"))).OfType<DateTimeOffset>()
        )
        {
            evidence.WrittenAt(end);
        }

        var driver = run.Need("tool").Need("driver");
        var found = evidence.Scanned();
        var rules = driver.ItemsIfAny("rules").ToList();
        var extensions = run.Need("tool").ItemsIfAny("extensions").SelectMany(extension => extension.ItemsIfAny("rules"));
        var byId = rules
            .Concat(extensions)
            .Where(rule => rule.Text("id") is not null)
            .GroupBy(rule => rule.Text("id")!)
            .ToDictionary(rule => rule.Key, rule => rule.First());
        if (run.Find("results") is null)
        {
            throw new FormatException("a run has no results, not even an empty list: by the standard, nothing was scanned");
        }

        foreach (var result in run.Items("results").Where(Counts))
        {
            var rule = RuleOf(result, rules, byId);
            var level = result.Text("level") ?? rule?.Find("defaultConfiguration")?.Text("level") ?? "warning";
            evidence.Count(
                level switch
                {
                    "error" => "errors",
                    "warning" => "warnings",
                    "note" or "none" => "notes",
                    _ => throw new FormatException($"the level {XmlValues.Shortened(level)} is none of SARIF's"),
                },
                1
            );
            var severity = SeverityOf(result, rule);
            if (severity is not null || level is "error" or "warning")
            {
                found.Add(result.GetRawText(), severity ?? Severity.Unrated);
            }
        }
    }

    /// <summary>Results that say "all is well", that were accepted, or that are gone, are no findings.</summary>
    static bool Counts(JsonElement result) =>
        (result.Text("kind") ?? "fail") is "fail" or "open" or "review"
        && result.Text("baselineState") != "absent"
        && !result.ItemsIfAny("suppressions").Any(suppression => (suppression.Text("status") ?? "accepted") == "accepted");

    /// <summary>The rule at the index, which several rules of one id are told apart by, unless it is another's: an index may count in an extension.</summary>
    static JsonElement? RuleOf(JsonElement result, List<JsonElement> rules, Dictionary<string, JsonElement> byId)
    {
        var id = result.Text("ruleId") ?? result.Find("rule")?.Text("id");
        var index = result.Find("ruleIndex") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var at) ? at : -1;
        JsonElement? indexed = index >= 0 && index < rules.Count ? rules[index] : null;
        return id is null || indexed?.Text("id") == id || !byId.TryGetValue(id, out var named) ? indexed : named;
    }

    static Severity? SeverityOf(JsonElement result, JsonElement? rule)
    {
        var rated = result.Find("properties")?.Find("security-severity") ?? rule?.Find("properties")?.Find("security-severity");
        return rated is null ? null
            : double.TryParse(rated.Value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var score)
                ? Vulnerabilities.Rate(score)
            : Severity.Unrated;
    }
}
