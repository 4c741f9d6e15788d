using System.Text.Json;
using System.Xml;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>A format of reports.</summary>
interface IReportFormat
{
    /// <summary>What people call it.</summary>
    string Name { get; }
}

/// <summary>A format in XML, recognised by its root element.</summary>
interface IXmlFormat : IReportFormat
{
    bool Fits(XmlReader atRoot);

    /// <summary>Reads from the root element on.</summary>
    void Read(XmlReader report, GateEvidence evidence);
}

/// <summary>A format in JSON, recognised by its top-level names.</summary>
interface IJsonFormat : IReportFormat
{
    bool Fits(JsonElement root);

    void Read(JsonElement root, GateEvidence evidence);
}

/// <summary>A format of JSON values one after another, recognised by the first.</summary>
interface IJsonStream : IReportFormat
{
    bool Fits(JsonElement first);

    /// <summary>Reads all values, the first included; each is of use only until the next is asked for.</summary>
    void Read(IEnumerable<JsonElement> values, GateEvidence evidence);
}

/// <summary>A format in lines of text, recognised by its first line.</summary>
interface ITextFormat : IReportFormat
{
    bool Fits(string firstLine);

    /// <summary>Reads all of it, the first line included.</summary>
    void Read(TextReader report, GateEvidence evidence);
}
