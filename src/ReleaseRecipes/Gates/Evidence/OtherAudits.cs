using System.Text.Json;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary><c>gosec -fmt json</c>.</summary>
sealed class GosecReport : IJsonFormat
{
    public string Name => "gosec";

    public bool Fits(JsonElement root) => root.Has("Issues") && root.Has("Stats");

    public void Read(JsonElement root, GateEvidence evidence)
    {
        if (root.Find("Golang errors") is { ValueKind: JsonValueKind.Object } errors && errors.EnumerateObject().Any())
        {
            throw new FormatException($"{errors.EnumerateObject().First().Name} was not scanned");
        }

        var (files, claimed) = (root.Need("Stats").Count("files"), root.Need("Stats").Count("found"));
        var issues = root.ItemsIfAny("Issues").ToList();
        if (files == 0 || claimed > issues.Count)
        {
            throw new FormatException($"it scanned {files} files and found {claimed} issues, but lists {issues.Count}");
        }

        var found = evidence.Scanned();
        foreach (var one in issues)
        {
            found.Add(
                $"{one.Text("rule_id")} {one.Text("file")}:{one.Text("line")}:{one.Text("column")}",
                Vulnerabilities.Rate(one.Text("severity"))
            );
        }
    }
}

/// <summary><c>govulncheck -json</c>. It rates nothing; what no code calls is no finding, as in its own output.</summary>
sealed class GovulncheckReport : IJsonStream
{
    static readonly string[] Messages = ["progress", "osv", "SBOM"];

    public string Name => "govulncheck";

    public bool Fits(JsonElement first) =>
        first.Find("config")?.Text("scanner_name") == "govulncheck" || first.Find("config")?.Has("protocol_version") == true;

    public void Read(IEnumerable<JsonElement> values, GateEvidence evidence)
    {
        var found = evidence.Scanned();
        var called = true;
        foreach (var value in values)
        {
            if (value.Find("config") is { } config)
            {
                called = (config.Text("scan_level") ?? "symbol") == "symbol";
            }
            else if (value.Find("finding") is { } finding)
            {
                var id = finding.Text("osv") ?? throw new FormatException("a finding has no osv");
                if (!called || finding.Items("trace").Any(frame => frame.Has("function")))
                {
                    found.Add(id, Severity.Unrated);
                }
            }
            else if (!Messages.Any(name => value.Has(name)))
            {
                throw new FormatException($"{XmlValues.Shortened(value.GetRawText())} is no message of govulncheck");
            }
        }
    }
}

/// <summary><c>cargo audit --json</c>, rated by the advisories' CVSS vectors.</summary>
sealed class CargoAudit : IJsonFormat
{
    public string Name => "cargo audit";

    public bool Fits(JsonElement root) => root.Has("lockfile") && root.Find("vulnerabilities") is { } found && found.Has("list");

    public void Read(JsonElement root, GateEvidence evidence)
    {
        var vulnerabilities = root.Need("vulnerabilities");
        var list = vulnerabilities.Items("list").ToList();
        if (vulnerabilities.Count("count") != list.Count)
        {
            throw new FormatException($"it found {vulnerabilities.Count("count")}, but lists {list.Count}");
        }

        var found = evidence.Scanned();
        foreach (var one in list)
        {
            var advisory = one.Need("advisory");
            // Two versions of a package are two findings, as cargo audit itself counts.
            var package =
                $"{one.Find("package")?.Text("name") ?? advisory.Text("package")} {one.Find("package")?.Text("version")}".TrimEnd();
            found.Add(
                $"{package} {advisory.Text("id") ?? throw new FormatException("an advisory has no id")}",
                Cvss.Score(advisory.Text("cvss")) is { } score ? Vulnerabilities.Rate(score) : Severity.Unrated
            );
        }
    }
}
