using System.Xml;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>JaCoCo XML, written by its plugins for Maven and Gradle.</summary>
sealed class JacocoReport : IXmlFormat
{
    public string Name => "JaCoCo";

    public bool Fits(XmlReader atRoot) => atRoot.LocalName == "report" && atRoot.GetAttribute("name") is not null;

    public void Read(XmlReader report, GateEvidence evidence)
    {
        var (group, package, file) = ("", "", "");
        var listed = 0;
        var totals = new Dictionary<string, (long Covered, long Missed)>(StringComparer.Ordinal);
        while (report.Read())
        {
            if (report.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (report.LocalName)
            {
                // A session from before this run stands in an execution file that was appended to.
                case "sessioninfo" when Times.OfEpoch(report.GetAttribute("dump")) is { } dumped:
                    evidence.WrittenAt(dumped);
                    break;
                case "group":
                    group = report.GetAttribute("name") ?? "";
                    break;
                case "package":
                    package = report.GetAttribute("name") ?? "";
                    break;
                case "sourcefile":
                    file = $"{group}/{package}/{report.GetAttribute("name")}".TrimStart('/');
                    break;
                case "line":
                    listed++;
                    AddLine(report, file, evidence.Coverage);
                    break;
                case "counter" when report.Depth == 1:
                    totals[report.GetAttribute("type") ?? ""] = (Need(report, "covered"), Need(report, "missed"));
                    break;
            }
        }

        // Classes compiled without debug information have counters of instructions only.
        if (listed == 0 && (totals.TryGetValue("LINE", out var lines) || totals.TryGetValue("INSTRUCTION", out lines)))
        {
            var branches = totals.GetValueOrDefault("BRANCH");
            evidence.Coverage.AddTotals(lines.Covered, lines.Covered + lines.Missed, branches.Covered, branches.Covered + branches.Missed);
        }
    }

    static void AddLine(XmlReader line, string file, CoverageMap coverage)
    {
        var (covered, missed) = (checked((int)Need(line, "cb")), checked((int)Need(line, "mb")));
        coverage.Add(file, line.Whole("nr"), Need(line, "ci") > 0, covered, covered + missed);
    }

    static long Need(XmlReader element, string attribute) =>
        element.Count(attribute) is { } count and >= 0 ? count : throw new FormatException($"<{element.Name}> has no {attribute}");
}
