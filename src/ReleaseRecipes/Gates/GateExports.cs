using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Gates;

/// <summary>What gates came to, for other tools: JUnit XML that every CI server shows, and a table for the summary of a job.</summary>
public static partial class GateExports
{
    /// <summary>The variable in which GitHub Actions names the file of a job's summary.</summary>
    const string StepSummary = "GITHUB_STEP_SUMMARY";

    /// <summary>Writes <c>gates.xml</c> and <c>gates.md</c> into a folder, and the table to the job's summary where the CI server has one.</summary>
    /// <param name="report">The results.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="variable">Reads an environment variable; this process's own where null.</param>
    public static void Write(GateReport report, string folder, Func<string, string?>? variable = null)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "gates.xml"), JUnit(report));
        var table = $"## Quality gates\n\n{Table(report)}\n";
        File.WriteAllText(Path.Combine(folder, "gates.md"), table);
        if ((variable ?? Environment.GetEnvironmentVariable)(StepSummary) is { Length: > 0 } summary)
        {
            File.AppendAllText(summary, table);
        }
    }

    /// <summary>
    /// The line by which this CI server takes in what was written: Azure Pipelines the table, TeamCity the JUnit XML. Null
    /// where there is no such server, and where the folder's name could end the line or begin another command.
    /// </summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="variable">Reads an environment variable; this process's own where null.</param>
    public static string? Announcement(string folder, Func<string, string?>? variable = null)
    {
        bool Has(string mark) => !string.IsNullOrEmpty((variable ?? Environment.GetEnvironmentVariable)(mark));
        return !PlainPath().IsMatch(folder) ? null
            : Has("TF_BUILD") ? $"##vso[task.uploadsummary]{Path.Combine(folder, "gates.md")}"
            : Has("TEAMCITY_VERSION") ? $"##teamcity[importData type='junit' path='{Path.Combine(folder, "gates.xml")}']"
            : null;
    }

    /// <summary>The results as a table in Markdown, in which nothing from outside is a link, a mention or HTML.</summary>
    public static string Table(GateReport report)
    {
        var table = new StringBuilder("| Gate | Verdict | Evidence | Time |\n| --- | --- | --- | --- |\n");
        foreach (var gate in report.Gates)
        {
            var verdict =
                (gate.LetsPass ? "" : "**")
                + gate.Verdict.Word()
                + (gate.LetsPass ? "" : "**")
                + (gate.Flaky ? " (flaky)" : "")
                + (gate.Required ? "" : ", optional");
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {Cell(gate.Name)} | {verdict} | {Cell(gate.Reason)} | {Durations.Rough(gate.Duration)} |\n"
            );
        }

        return table.ToString();
    }

    /// <summary>The results as one suite of JUnit XML with a test case a gate.</summary>
    public static string JUnit(GateReport report)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", "quality gates");
            xml.WriteAttributeString("tests", Number(report.Gates.Count));
            xml.WriteAttributeString("failures", Number(report.Gates.Count(IsClosed)));
            xml.WriteAttributeString("skipped", Number(report.Gates.Count(gate => gate.Verdict == GateVerdict.NotRun)));
            foreach (var gate in report.Gates)
            {
                WriteCase(xml, gate);
            }

            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    static void WriteCase(XmlWriter xml, GateResult gate)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", "gates");
        xml.WriteAttributeString("name", PlainText.Line(gate.Name));
        xml.WriteAttributeString("time", gate.Duration.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
        if (IsClosed(gate) || gate.Verdict == GateVerdict.NotRun)
        {
            xml.WriteStartElement(IsClosed(gate) ? "failure" : "skipped");
            xml.WriteAttributeString("message", PlainText.Line(gate.Reason));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    static bool IsClosed(GateResult gate) => gate.Verdict is GateVerdict.Failed or GateVerdict.Unknown;

    static string Cell(string text) => Markdown.Line(PlainText.Line(text));

    static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[\w ./\\:+-]+\z")]
    private static partial Regex PlainPath();
}
