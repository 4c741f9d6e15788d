using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Output;

/// <summary>The one JSON document that <c>--json=PATH</c> asks for.</summary>
/// <param name="path">The file; <c>-</c> for standard output; nothing is written where null.</param>
/// <param name="standardOutput">Standard output.</param>
/// <param name="secrets">What must not be shown.</param>
public sealed class JsonReport(string? path, TextWriter standardOutput, Secrets secrets)
{
    // Relaxed: these documents are read by programs and people, never put into HTML as they are.
    static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    JsonObject? content;
    Secrets hidden = secrets;

    /// <summary>Whether standard output belongs to the document, so that everything else goes to standard error.</summary>
    public bool OnStandardOutput => path == "-";

    /// <summary>Hides other secrets from here on: more than those known at the start.</summary>
    public void Hide(Secrets more) => hidden = more;

    /// <summary>Sets what the document says; the last word counts.</summary>
    public void Say(JsonObject document) => content = document;

    /// <summary>Writes the document, or what went wrong where a step never came to say anything.</summary>
    public void Write(ReleaseException? failure)
    {
        if (path is null)
        {
            return;
        }

        var document = content ?? [];
        if (failure is not null)
        {
            document["error"] = new JsonObject
            {
                ["what"] = failure.What,
                ["where"] = failure.Where,
                ["todo"] = failure.Todo,
                ["exit_code"] = failure.ExitCode,
            };
        }

        var text = Text(document);
        if (OnStandardOutput)
        {
            standardOutput.WriteLine(text);
            standardOutput.Flush();
        }
        else
        {
            AtomicFile.Write(path, text + "\n");
        }
    }

    string Text(JsonObject document)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            hidden.Mask(document).WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
