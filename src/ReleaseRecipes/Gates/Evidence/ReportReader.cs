using System.Text.Json;
using System.Xml;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>Recognises reports by their content, never by their name, and reads them.</summary>
static class ReportReader
{
    static readonly IXmlFormat[] Xml = [new TrxReport(), new JUnitReport(), new CoberturaReport(), new JacocoReport(), new JMeterXml()];
    static readonly IJsonFormat[] Json =
    [
        new JestReport(),
        new MochaReport(),
        new IstanbulSummary(),
        new SarifReport(),
        new DotnetVulnerable(),
        new NpmAudit(),
        new PipAudit(),
        new SafetyReport(),
        new BanditReport(),
        new GosecReport(),
        new CargoAudit(),
        new K6Summary(),
        new BenchmarkDotNetReport(),
    ];
    static readonly IJsonStream[] Streams = [new GoTestReport(), new GovulncheckReport(), new YarnAudit()];
    static readonly ITextFormat[] Text =
    [
        new LcovReport(),
        new GoCoverProfile(),
        new CargoTestOutput(),
        new JMeterCsv(),
        new HeyOutput(),
        new WrkOutput(),
        new YarnCleanAudit(),
        new SafetyOutput(),
    ];

    // External entities are never fetched and entities never expanded. Tools do write a DOCTYPE, which is passed over, and
    // references to control characters from their output.
    static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>The names of all formats, for messages and documentation.</summary>
    public static IEnumerable<string> Formats =>
        Xml.Cast<IReportFormat>().Concat(Json).Concat(Streams).Concat(Text).Select(format => format.Name).Distinct();

    /// <summary>Reads a report into the evidence and returns its format; null where it is of none that is known.</summary>
    /// <exception cref="BrokenReportException">It is of no use: cut off, of a wrong shape, or with values that cannot be.</exception>
    public static string? Read(ReportFile file, GateEvidence evidence)
    {
        try
        {
            return file.FirstCharacter() switch
            {
                '\0' => throw new BrokenReportException(file.Name, "it is empty"),
                '<' => ReadXml(file, evidence),
                '{' or '[' => ReadJson(file, evidence),
                _ => ReadText(file, evidence),
            };
        }
        catch (Exception problem)
            when (problem
                    is XmlException
                        or JsonException
                        or FormatException
                        or OverflowException
                        or InvalidOperationException
                        or KeyNotFoundException
                        or ArgumentException
                        or IOException
            )
        {
            throw new BrokenReportException(file.Name, problem.Message, problem);
        }
    }

    static string? ReadXml(ReportFile file, GateEvidence evidence)
    {
        using var reader = XmlReader.Create(new MemoryStream(AsXml10(file.Bytes), writable: false), Safe);
        reader.MoveToContent();
        var format = Array.Find(Xml, one => one.Fits(reader));
        format?.Read(reader, evidence);
        while (format is null && reader.Read())
        {
            // A file that is broken says so even where its format is not known.
        }

        return format?.Name;
    }

    // Version 1.1, which some tools declare, differs in control characters only, and those are not checked.
    static byte[] AsXml10(byte[] bytes) =>
        bytes.AsSpan(0, Math.Min(bytes.Length, 64)).IndexOf("version=\"1.1\""u8) is >= 0 and var at
            ? [.. bytes.AsSpan(0, at), .. "version=\"1.0\""u8, .. bytes.AsSpan(at + 13)]
            : bytes;

    static string? ReadJson(ReportFile file, GateEvidence evidence)
    {
        var bytes = file.Utf8();
        using var values = JsonSequence.Read(bytes).GetEnumerator();
        var first = values.MoveNext() ? values.Current.RootElement : throw new JsonException("there is no value in it");
        if (Array.Find(Streams, one => one.Fits(first)) is { } stream)
        {
            stream.Read(JsonSequence.Read(bytes).Select(value => value.RootElement), evidence);
            return stream.Name;
        }

        var format = Array.Find(Json, one => one.Fits(first));
        format?.Read(first, evidence);
        return values.MoveNext() && format is not null ? throw new JsonException("there is more after the end") : format?.Name;
    }

    static string? ReadText(ReportFile file, GateEvidence evidence)
    {
        using var lines = file.Text();
        var first = lines.ReadLine();
        while (first is not null && string.IsNullOrWhiteSpace(first))
        {
            first = lines.ReadLine();
        }

        if (Array.Find(Text, one => one.Fits(first ?? "")) is not { } format)
        {
            return null;
        }

        using var report = file.Text();
        format.Read(report, evidence);
        return format.Name;
    }
}
