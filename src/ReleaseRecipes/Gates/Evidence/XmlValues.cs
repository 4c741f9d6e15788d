using System.Globalization;
using System.Xml;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>Attributes as numbers, strictly: what is there must be a number.</summary>
static class XmlValues
{
    /// <summary>A count; null where the attribute is not there.</summary>
    /// <exception cref="FormatException">It is no count.</exception>
    public static long? Count(this XmlReader element, string attribute) =>
        element.GetAttribute(attribute) is not { } text || text.Length == 0 ? null
        // Some tools write every number with a decimal point.
        : long.TryParse(
            text,
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var count
        )
        && count <= 1_000_000_000_000_000
            ? count
        : throw new FormatException($"{attribute}=\"{Shortened(text)}\" of <{element.Name}> is no count");

    /// <summary>The whole number of an attribute that must be there.</summary>
    public static int Whole(this XmlReader element, string attribute) =>
        checked((int)(element.Count(attribute) ?? throw new FormatException($"<{element.Name}> has no {attribute}")));

    public static string Shortened(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
