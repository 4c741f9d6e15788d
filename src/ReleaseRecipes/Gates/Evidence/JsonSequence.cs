using System.Text.Json;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>JSON values one after another, as tools write them that report while they run.</summary>
static class JsonSequence
{
    /// <summary>The values in their order; each is of use only until the next is asked for.</summary>
    public static IEnumerable<JsonDocument> Read(byte[] bytes)
    {
        var at = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        while (Next(bytes, ref at) is { } value)
        {
            using (value)
            {
                yield return value;
            }
        }
    }

    static JsonDocument? Next(byte[] bytes, ref int at)
    {
        var reader = new Utf8JsonReader(bytes.AsSpan(at), new JsonReaderOptions { MaxDepth = 128, AllowMultipleValues = true });
        if (!reader.Read())
        {
            return null;
        }

        var value = JsonDocument.ParseValue(ref reader);
        at += (int)reader.BytesConsumed;
        return value;
    }
}
