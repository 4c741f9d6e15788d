using System.Text;
using System.Text.Json;

namespace ReleaseRecipes.Versioning.Files;

/// <summary>JSON files whose top level names a version.</summary>
static class JsonVersion
{
    static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static IReadOnlyList<Spot> Find(string text) => [.. At(text, path => path is ["version"])];

    /// <summary>package-lock.json repeats the version at its top and in the entry of the package itself.</summary>
    public static IReadOnlyList<Spot> FindInLock(string text) => [.. At(text, path => path is ["version"] or ["packages", "", "version"])];

    static List<Spot> At(string text, Predicate<List<string>> wanted)
    {
        var spots = new List<Spot>();
        var path = new List<string>();
        try
        {
            // The text is Latin 1, one character a byte: what the reader counts in bytes of ASCII or UTF-8 counts the same there.
            var reader = new Utf8JsonReader(Encoding.Latin1.GetBytes(text), Lenient);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    path.RemoveRange(reader.CurrentDepth - 1, path.Count - reader.CurrentDepth + 1);
                    path.Add(reader.GetString()!);
                    if (path.Count > 3 || (path.Count == 1 && path[0] is not ("version" or "packages")))
                    {
                        reader.Skip();
                    }
                }
                else if (reader.TokenType == JsonTokenType.String && path.Count == reader.CurrentDepth && wanted(path))
                {
                    spots.Add(new Spot((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length));
                }
                else if (reader.TokenType == JsonTokenType.StartArray)
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new ReleaseException(
                $"This is no JSON: {problem.Message}",
                "versioning.files",
                inner: problem,
                exitCode: ExitCodes.WrongInput
            );
        }

        return spots;
    }
}
