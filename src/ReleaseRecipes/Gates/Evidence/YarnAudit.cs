using System.Text.Json;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary><c>yarn audit --json</c> (1) and <c>yarn npm audit --json</c> (4), one message a line.</summary>
sealed class YarnAudit : IJsonStream
{
    static readonly string[] Severities = ["critical", "high", "moderate", "low", "info"];

    /// <summary>What a line of yarn 1 can be; other tools stream values with a type and data too.</summary>
    static readonly string?[] Classic =
    [
        "auditAdvisory",
        "auditSummary",
        "auditAction",
        "info",
        "warning",
        "error",
        "step",
        "activityStart",
    ];

    public string Name => "yarn audit";

    public bool Fits(JsonElement first) =>
        first.Has("data") && Classic.Contains(first.Text("type"))
        || first.Has("value") && first.Find("children") is { } children && children.Has("Severity");

    public void Read(IEnumerable<JsonElement> values, GateEvidence evidence)
    {
        var found = evidence.Scanned();
        var classic = false;
        var listed = new Dictionary<string, string>(StringComparer.Ordinal);
        Dictionary<string, long>? counted = null;
        foreach (var message in values)
        {
            classic |= message.Has("type");
            switch (message.Text("type"))
            {
                case null:
                    var finding = message.Need("children");
                    found.Add($"{message.Text("value")} {finding.Need("ID")}", Vulnerabilities.Rate(finding.Text("Severity")));
                    break;
                case "auditAdvisory":
                    var advisory = message.Need("data").Need("advisory");
                    listed[advisory.Need("id").GetRawText()] = advisory.Text("severity") ?? "";
                    break;
                case "auditSummary":
                    var counts = message.Need("data").Need("vulnerabilities");
                    counted = Severities
                        .Where(severity => severity != "info" || counts.Has(severity))
                        .ToDictionary(severity => severity, severity => counts.Count(severity));
                    break;
                case "error":
                case "info" when message.Text("data")?.StartsWith("No lockfile", StringComparison.Ordinal) == true:
                    throw new FormatException($"the audit did not succeed: {message.Text("data")}");
            }
        }

        if (classic)
        {
            AddCounts(found, listed.Values, counted ?? throw new FormatException("it is cut off: it has no summary"));
        }
    }

    static void AddCounts(Vulnerabilities found, IEnumerable<string> listed, Dictionary<string, long> counted)
    {
        var bySeverity = listed.GroupBy(severity => severity).ToDictionary(group => group.Key, group => group.LongCount());
        foreach (var (severity, count) in counted)
        {
            found.Add(Vulnerabilities.Rate(severity), Math.Max(count, bySeverity.GetValueOrDefault(severity)));
        }

        found.Add(Severity.Unrated, bySeverity.Where(pair => !counted.ContainsKey(pair.Key)).Sum(pair => pair.Value));
    }
}

/// <summary>What yarn 4 prints where it found nothing: it has no JSON for that.</summary>
sealed class YarnCleanAudit : ITextFormat
{
    const string Nothing = "No audit suggestions";

    public string Name => "yarn audit";

    public bool Fits(string firstLine) => firstLine.Contains(Nothing, StringComparison.Ordinal);

    public void Read(TextReader report, GateEvidence evidence)
    {
        if (report.ReadLine()?.Contains(Nothing, StringComparison.Ordinal) != true)
        {
            throw new FormatException("it does not begin with the result");
        }

        evidence.Scanned();
    }
}
