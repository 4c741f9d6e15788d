using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>Cobertura XML, written by coverlet, coverage.py, Jest and many others.</summary>
sealed partial class CoberturaReport : IXmlFormat
{
    static readonly string[] Totals = ["lines-covered", "lines-valid", "branches-covered", "branches-valid"];

    public string Name => "Cobertura";

    public bool Fits(XmlReader atRoot) => atRoot.LocalName == "coverage" && atRoot.GetAttribute("line-rate") is not null;

    public void Read(XmlReader report, GateEvidence evidence)
    {
        var totals = Totals.Select(report.GetAttribute).ToList();
        if (Times.OfEpoch(report.GetAttribute("timestamp")) is { } written)
        {
            evidence.WrittenAt(written);
        }

        var sources = new List<string>();
        string? file = null;
        var listed = 0;
        while (report.Read())
        {
            if (report.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (report.LocalName)
            {
                case "source":
                    sources.Add(SourceText(report));
                    break;
                case "class":
                    file = FileOf(report.GetAttribute("filename") ?? throw new FormatException("a <class> has no filename"), sources);
                    break;
                case "line" when file is not null:
                    listed++;
                    AddLine(report, file, evidence.Coverage);
                    break;
            }
        }

        // Where lines are listed, some tools write no number at all as a total.
        if (listed == 0 && totals is [{ } covered, { } lines, var coveredBranches, var branches])
        {
            evidence.Coverage.AddTotals(Total(covered), Total(lines), Total(coveredBranches ?? "0"), Total(branches ?? "0"));
        }
    }

    static long Total(string text) => long.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    static string SourceText(XmlReader report)
    {
        var text = "";
        var depth = report.Depth;
        while (!report.IsEmptyElement && report.Read() && report.Depth > depth)
        {
            text += report.Value;
        }

        return text.Trim();
    }

    static void AddLine(XmlReader line, string file, CoverageMap coverage)
    {
        var hits = line.Count("hits") ?? throw new FormatException("a <line> has no hits");
        var condition = line.GetAttribute("condition-coverage");
        if (condition is null)
        {
            coverage.Add(file, line.Whole("number"), hits > 0);
            return;
        }

        var share = Share().Match(condition);
        if (!share.Success)
        {
            throw new FormatException($"condition-coverage=\"{XmlValues.Shortened(condition)}\" is not of the form 50% (1/2)");
        }

        coverage.Add(file, line.Whole("number"), hits > 0, Number(share.Groups[1]), Number(share.Groups[2]));
    }

    static int Number(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Tools choose different source folders for the same file; on disk it is one.</summary>
    static string FileOf(string name, List<string> sources) =>
        Path.IsPathRooted(name)
            ? name
            : sources.Select(source => Path.Combine(source, name)).FirstOrDefault(File.Exists)
                ?? Path.Combine(sources.FirstOrDefault() ?? "", name);

    [GeneratedRegex(@"\((\d{1,9})/(\d{1,9})\)")]
    private static partial Regex Share();
}
