using System.Xml;

namespace ReleaseRecipes.Versioning.Files;

/// <summary>XML files that name a version in an element: projects of .NET and Maven.</summary>
static class XmlVersion
{
    static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };

    /// <summary>The texts of the elements with the first of the paths that the file has.</summary>
    public static IReadOnlyList<Spot> Find(string text, params string[] paths)
    {
        var found = new List<(string Path, Spot Spot)>();
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Safe);
            var lines = new LineStarts(text);
            var path = new Stack<string>();
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false })
                {
                    path.Push(reader.LocalName);
                }
                else if (reader.NodeType == XmlNodeType.EndElement)
                {
                    path.Pop();
                }
                else if (reader.NodeType == XmlNodeType.Text && paths.Contains(string.Join('/', path.Reverse())))
                {
                    found.Add((string.Join('/', path.Reverse()), Trimmed(text, lines.Offset((IXmlLineInfo)reader), reader.Value.Length)));
                }
            }
        }
        catch (XmlException problem)
        {
            throw new ReleaseException(
                $"This is no XML: {problem.Message}",
                "versioning.files",
                inner: problem,
                exitCode: ExitCodes.WrongInput
            );
        }

        var first = paths.FirstOrDefault(path => found.Exists(element => element.Path == path));
        return [.. found.Where(element => element.Path == first && IsVersion(text, element.Spot)).Select(element => element.Spot)];
    }

    // "$(VersionPrefix)-beta" is computed elsewhere and stays as it is.
    static bool IsVersion(string text, Spot spot) => spot.Length > 0 && char.IsAsciiDigit(text[spot.Start]);

    static Spot Trimmed(string text, int start, int length)
    {
        while (length > 0 && char.IsWhiteSpace(text[start]))
        {
            (start, length) = (start + 1, length - 1);
        }

        while (length > 0 && char.IsWhiteSpace(text[start + length - 1]))
        {
            length--;
        }

        return new Spot(start, length);
    }

    sealed class LineStarts
    {
        readonly List<int> starts;

        public LineStarts(string text)
        {
            starts = [0];
            for (var index = 0; index < text.Length; index++)
            {
                if (text[index] == '\n' || (text[index] == '\r' && (index + 1 == text.Length || text[index + 1] != '\n')))
                {
                    starts.Add(index + 1);
                }
            }
        }

        public int Offset(IXmlLineInfo place) => starts[place.LineNumber - 1] + place.LinePosition - 1;
    }
}
