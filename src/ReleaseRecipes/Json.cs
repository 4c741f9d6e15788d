using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReleaseRecipes;

/// <summary>How JSON files for people are written.</summary>
public static class Json
{
    /// <summary>Indented, letters of all languages as they are. Never put into HTML.</summary>
    public static JsonSerializerOptions Readable { get; } =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
