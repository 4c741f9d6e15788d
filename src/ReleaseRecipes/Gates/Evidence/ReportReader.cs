using System.Text.Json;
using System.Xml;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>Recognises reports by their content, never by their name, and reads them.</summary>
static class ReportReader
{
    static readonly IXmlFormat[] Xml = [new TrxReport(), new JUnitReport(), new CoberturaReport()];
    static readonly IJsonFormat[] Json = [];
    static readonly ITextFormat[] Text = [];

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
    public static IEnumerable<string> Formats => Xml.Cast<IReportFormat>().Concat(Json).Concat(Text).Select(format => format.Name);

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
        using var reader = XmlReader.Create(new MemoryStream(file.Bytes, writable: false), Safe);
        reader.MoveToContent();
        var format = Array.Find(Xml, one => one.Fits(reader));
        format?.Read(reader, evidence);
        while (format is null && reader.Read())
        {
            // A file that is broken says so even where its format is not known.
        }

        return format?.Name;
    }

    static string? ReadJson(ReportFile file, GateEvidence evidence)
    {
        var start = file.Bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        using var json = JsonDocument.Parse(file.Bytes.AsMemory(start), new JsonDocumentOptions { MaxDepth = 128 });
        var root = json.RootElement;
        var format = Array.Find(Json, one => one.Fits(root));
        format?.Read(root, evidence);
        return format?.Name;
    }

    static string? ReadText(ReportFile file, GateEvidence evidence)
    {
        using var lines = file.Text();
        var first = lines.ReadLine() ?? "";
        if (Array.Find(Text, one => one.Fits(first)) is not { } format)
        {
            return null;
        }

        using var report = file.Text();
        format.Read(report, evidence);
        return format.Name;
    }
}
