using System.Text.Json;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary><c>npm audit --json</c> (npm 6 and newer) and <c>pnpm audit --json</c>: packages by severity.</summary>
sealed class NpmAudit : IJsonFormat
{
    static readonly string[] Severities = ["critical", "high", "moderate", "low"];

    public string Name => "npm audit";

    public bool Fits(JsonElement root) =>
        root.Has("auditReportVersion")
        || root.Has("advisories")
        || root.Find("metadata") is { } metadata && metadata.Has("vulnerabilities")
        || root.Find("error") is { } error && (error.Has("code") || error.Has("summary"));

    public void Read(JsonElement root, GateEvidence evidence)
    {
        if (root.Find("error") is { } error)
        {
            throw new FormatException($"the audit did not succeed: {Why(root, error)}");
        }

        var counts = root.Need("metadata").Need("vulnerabilities");
        var listed = Listed(root).GroupBy(severity => severity).ToDictionary(group => group.Key, group => group.LongCount());
        var found = evidence.Scanned();
        foreach (var severity in Severities)
        {
            found.Add(Vulnerabilities.Rate(severity), Math.Max(counts.Count(severity), listed.GetValueOrDefault(severity)));
        }

        // The lowest word of all; older versions do not count it.
        found.Add(Severity.Low, Math.Max(counts.Has("info") ? counts.Count("info") : 0, listed.GetValueOrDefault("info")));
        if (listed.Where(pair => !Severities.Contains(pair.Key) && pair.Key != "info").Sum(pair => pair.Value) is > 0 and var unrated)
        {
            found.Add(Severity.Unrated, unrated);
        }
    }

    static string? Why(JsonElement root, JsonElement error) =>
        new[] { error.Text("summary"), error.Text("message"), root.Text("message"), error.Text("code") }.FirstOrDefault(text =>
            !string.IsNullOrWhiteSpace(text)
        );

    static IEnumerable<string> Listed(JsonElement root) =>
        (
            root.Has("vulnerabilities") ? root
            : root.Has("advisories") ? root
            : default
        )
            is { ValueKind: JsonValueKind.Object } list
            ? list.Members(list.Has("vulnerabilities") ? "vulnerabilities" : "advisories")
                .Select(one => one.Value.Text("severity") ?? "unrated")
            : [];
}
