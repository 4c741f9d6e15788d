using System.Globalization;
using System.Xml;

namespace ReleaseRecipes.Gates.Evidence;

static class JMeterSample
{
    /// <summary>Adds one sample. JMeter appends to the results that it finds: those of an earlier run are no evidence.</summary>
    public static void Add(GateEvidence evidence, double start, double elapsed, bool failed)
    {
        if (Times.OfEpoch(start + elapsed) is { } end)
        {
            evidence.WrittenAt(end);
        }

        evidence.Load.AddSample(start, elapsed, failed);
    }
}

/// <summary>JMeter's results as CSV, one line a sample.</summary>
sealed class JMeterCsv : ITextFormat
{
    public string Name => "JMeter JTL";

    public bool Fits(string firstLine)
    {
        var columns = firstLine.Split(Separator(firstLine)).Select(column => column.Trim('"')).ToList();
        return columns.Contains("timeStamp") && columns.Contains("elapsed");
    }

    public void Read(TextReader report, GateEvidence evidence)
    {
        var header = "";
        while (string.IsNullOrWhiteSpace(header))
        {
            header = report.ReadLine() ?? throw new FormatException("it has no header");
        }

        var separator = Separator(header);
        var columns = CsvLine.Read(new StringReader(header), separator)!;
        var (start, elapsed, success) = (Column(columns, "timeStamp"), Column(columns, "elapsed"), Column(columns, "success"));
        while (CsvLine.Read(report, separator) is { } values)
        {
            if (values.Count != columns.Count)
            {
                throw new FormatException($"a line has {values.Count} values instead of {columns.Count}");
            }

            JMeterSample.Add(evidence, Start(values[start]), Milliseconds(values[elapsed]), !Success(values[success]));
        }
    }

    /// <summary>The property <c>jmeter.save.saveservice.default_delimiter</c>, as far as the header shows it.</summary>
    static char Separator(string header) => ",;\t|".FirstOrDefault(header.Contains, ',');

    static int Column(List<string> columns, string name) =>
        columns.IndexOf(name) is var index and >= 0 ? index : throw new FormatException($"the column {name} is missing");

    /// <summary>Milliseconds since 1970, or a date where JMeter is set to write one.</summary>
    static double Start(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? milliseconds / 1000.0
        : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? (date - DateTime.UnixEpoch).TotalSeconds
        : throw new FormatException($"timeStamp is {XmlValues.Shortened(text)}, neither milliseconds nor a date");

    static double Milliseconds(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? milliseconds / 1000.0
            : throw new FormatException($"elapsed is {XmlValues.Shortened(text)}, no number of milliseconds");

    static bool Success(string text) =>
        text switch
        {
            "true" => true,
            "false" => false,
            _ => throw new FormatException($"success is {XmlValues.Shortened(text)}, neither true nor false"),
        };
}

/// <summary>JMeter's results as XML.</summary>
sealed class JMeterXml : IXmlFormat
{
    public string Name => "JMeter XML";

    public bool Fits(XmlReader atRoot) => atRoot.LocalName == "testResults";

    public void Read(XmlReader report, GateEvidence evidence)
    {
        while (report.Read())
        {
            // A sample inside a sample is a part of it, such as a redirect.
            if (report.NodeType == XmlNodeType.Element && report.Depth == 1 && report.LocalName is "sample" or "httpSample")
            {
                var (start, elapsed) = (Need(report, "ts"), Need(report, "t"));
                JMeterSample.Add(evidence, start / 1000.0, elapsed / 1000.0, report.GetAttribute("s") != "true");
            }
        }
    }

    static long Need(XmlReader sample, string attribute) =>
        sample.Count(attribute) is { } count and >= 0 ? count : throw new FormatException($"<{sample.Name}> has no {attribute}");
}
