using System.Text.Json;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary><c>pip-audit --format json</c>. It rates nothing.</summary>
sealed class PipAudit : IJsonFormat
{
    public string Name => "pip-audit";

    public bool Fits(JsonElement root) =>
        root.Has("dependencies") && root.Has("fixes")
        || Dependencies(root) is [var first, ..] && first.Has("name") && (first.Has("vulns") || first.Has("skip_reason"));

    public void Read(JsonElement root, GateEvidence evidence)
    {
        var found = evidence.Scanned();
        foreach (var dependency in Dependencies(root).Where(one => !one.Has("skip_reason")))
        {
            foreach (var one in dependency.Items("vulns"))
            {
                found.Add(
                    $"{dependency.Text("name")} {one.Text("id") ?? throw new FormatException("a finding has no id")}",
                    Severity.Unrated
                );
            }
        }
    }

    // Before version 2 it wrote the list alone.
    static List<JsonElement> Dependencies(JsonElement root) =>
        root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()]
        : root.Find("dependencies") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()]
        : [];
}

/// <summary><c>safety check --json</c> (2) and <c>safety scan --output json</c> (3).</summary>
sealed class SafetyReport : IJsonFormat
{
    public string Name => "safety";

    public bool Fits(JsonElement root) =>
        root.Has("report_meta") && root.Has("vulnerabilities") || root.Find("scan_results") is { } scan && scan.Has("projects");

    public void Read(JsonElement root, GateEvidence evidence)
    {
        var found = evidence.Scanned();
        foreach (var one in root.Has("scan_results") ? Known(root.Need("scan_results").Need("projects")) : root.Items("vulnerabilities"))
        {
            var id = one.Text("vulnerability_id") ?? one.Text("id") ?? throw new FormatException("a finding has no id");
            found.Add($"{one.Text("package_name")} {id}", Rate(one.Find("severity")));
        }
    }

    static Severity Rate(JsonElement? severity)
    {
        var cvss = severity?.Find("cvssv3");
        return cvss?.Text("base_severity") is { } word ? Vulnerabilities.Rate(word)
            : cvss?.Find("base_score") is { ValueKind: JsonValueKind.Number } score ? Vulnerabilities.Rate(score.GetDouble())
            : Severity.Unrated;
    }

    /// <summary>The findings, which stand deep in projects, files and dependencies; those that were accepted are left out.</summary>
    static IEnumerable<JsonElement> Known(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Array => json.EnumerateArray().SelectMany(Known),
            JsonValueKind.Object => json.EnumerateObject().SelectMany(Known),
            _ => [],
        };

    static IEnumerable<JsonElement> Known(JsonProperty member) =>
        member.Name switch
        {
            "known_vulnerabilities" => member
                .Value.EnumerateArray()
                .Where(one => one.Find("ignored") is not { ValueKind: not JsonValueKind.False }),
            "vulnerabilities" => [.. member.Value.Items("known_vulnerabilities").Take(0), .. Known(member.Value)],
            _ => Known(member.Value),
        };
}

/// <summary>What <c>safety check --json</c> prints since version 3: its JSON between notices that the command is deprecated.</summary>
sealed class SafetyOutput : ITextFormat
{
    public string Name => "safety";

    public bool Fits(string firstLine) => firstLine.StartsWith("+====", StringComparison.Ordinal);

    public void Read(TextReader report, GateEvidence evidence)
    {
        var lines = new List<string>();
        while (report.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        var (from, to) = (lines.IndexOf("{"), lines.LastIndexOf("}"));
        using var json = JsonDocument.Parse(
            from >= 0 && from < to
                ? string.Join('\n', lines[from..(to + 1)])
                : throw new FormatException("there is no JSON between its notices")
        );
        var safety = new SafetyReport();
        if (!safety.Fits(json.RootElement))
        {
            throw new FormatException("the JSON between its notices is not safety's");
        }

        safety.Read(json.RootElement, evidence);
    }
}

/// <summary><c>bandit -f json</c>. Its scale ends at high.</summary>
sealed class BanditReport : IJsonFormat
{
    public string Name => "bandit";

    public bool Fits(JsonElement root) => root.Has("results") && root.Has("generated_at") && root.Has("metrics");

    public void Read(JsonElement root, GateEvidence evidence)
    {
        if (root.ItemsIfAny("errors").FirstOrDefault() is { ValueKind: JsonValueKind.Object } error)
        {
            throw new FormatException($"{error.Text("filename")} was not scanned: {error.Text("reason")}");
        }

        if (Times.Of(root.Text("generated_at")) is { } written)
        {
            evidence.WrittenAt(written);
        }

        var found = evidence.Scanned();
        foreach (var one in root.Items("results"))
        {
            found.Add(
                $"{one.Text("test_id")} {one.Text("filename")}:{one.Find("line_number")}",
                Vulnerabilities.Rate(one.Text("issue_severity"))
            );
        }
    }
}
