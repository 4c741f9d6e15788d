using System.Buffers;
using System.Collections;
using System.Text;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Output;

/// <summary>
/// The values that must never be shown, logged or recorded, and their mask. A value is found as it is, line by line, and as URLs, JSON, HTML
/// base64 and hexadecimal digits write it; beside that, whatever stands as a password in a URL. Values of fewer than five characters are not
/// masked: they stand in every other word, and hiding those would tell more than it hides.
/// </summary>
public sealed class Secrets
{
    const string Mark = "***";
    const int Shortest = 5;

    readonly string[] forms;
    readonly Lazy<SearchValues<string>> search;

    /// <summary>Hides the given values.</summary>
    public Secrets(IEnumerable<string> values)
    {
        forms = [.. values.Distinct().SelectMany(SecretForms.Of).Where(form => form.Length >= Shortest).Distinct()];
        search = new(() => SearchValues.Create(forms, StringComparison.Ordinal));
    }

    /// <summary>Nothing to hide.</summary>
    public static Secrets None { get; } = new([]);

    /// <summary>What this process's environment holds: variables whose names look like secrets, passwords inside any value, and the named ones.</summary>
    /// <param name="names">Variables that the strategy names as secrets.</param>
    /// <param name="more">What is secret beside them.</param>
    public static Secrets FromEnvironment(IEnumerable<string> names, IEnumerable<string>? more = null) =>
        From(
            Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(pair => KeyValuePair.Create((string)pair.Key, pair.Value as string ?? "")),
            names,
            more
        );

    /// <summary>What a set of variables holds.</summary>
    public static Secrets From(
        IEnumerable<KeyValuePair<string, string>> variables,
        IEnumerable<string> names,
        IEnumerable<string>? more = null
    )
    {
        var named = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new Secrets([
            .. variables.SelectMany(pair => named.Contains(pair.Key) ? [pair.Value.Trim()] : SecretNames.SecretsIn(pair.Key, pair.Value)),
            .. more ?? [],
        ]);
    }

    /// <summary>The text with every secret in it replaced by <c>***</c>, also where it is broken over lines.</summary>
    public string Mask(string text) =>
        UrlPasswords.Mask(forms.Length == 0 || text.Length < Shortest ? text : MaskBroken(MaskValues(text)), Mark);

    /// <summary>The same of every name and every text in a document.</summary>
    public JsonNode? Mask(JsonNode? node) =>
        node switch
        {
            JsonObject members => Mask(members),
            JsonArray items => new JsonArray([.. items.Select(Mask)]),
            JsonValue value when value.TryGetValue<string>(out var text) => Mask(text),
            _ => node?.DeepClone(),
        };

    /// <summary>The same of every name and every text in a document.</summary>
    public JsonObject Mask(JsonObject members)
    {
        var masked = new JsonObject();
        foreach (var (name, value) in members)
        {
            // Two names that only a secret tells apart become one.
            masked[Mask(name)] = Mask(value);
        }

        return masked;
    }

    string MaskValues(string text) => Hide(text, text, null);

    /// <summary>Programs break long lines, base64 at 64 or 76 characters: what shows without the breaks is hidden with them.</summary>
    string MaskBroken(string text) => LineBreaks.In(text, out var joined, out var places) ? Hide(text, joined, places) : text;

    /// <summary>Hides in a text what is found in it, or in the same text without its line breaks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="seen">Where it is looked for.</param>
    /// <param name="places">For each character of <paramref name="seen"/>, where it stands in the text; null where both are the same.</param>
    string Hide(string text, string seen, int[]? places)
    {
        var start = seen.AsSpan().IndexOfAny(search.Value);
        if (start < 0)
        {
            return text;
        }

        var masked = new StringBuilder(text.Length);
        var done = 0;
        while (start >= 0)
        {
            var end = End(seen, start);
            masked.Append(text, done, (places?[start] ?? start) - done).Append(Mark);
            done = places is null ? end : places[end - 1] + 1;
            var next = seen.AsSpan(end).IndexOfAny(search.Value);
            start = next < 0 ? -1 : end + next;
        }

        return masked.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>Where the hidden part ends: secrets that overlap are hidden as one, so that no end of one shows.</summary>
    int End(string text, int start)
    {
        var end = start + Longest(text.AsSpan(start));
        for (var at = start + 1; at < end; at++)
        {
            var next = text.AsSpan(at).IndexOfAny(search.Value);
            if (next < 0 || at + next >= end)
            {
                break;
            }

            at += next;
            end = Math.Max(end, at + Longest(text.AsSpan(at)));
        }

        return end;
    }

    int Longest(ReadOnlySpan<char> text)
    {
        var longest = 0;
        foreach (var form in forms)
        {
            if (form.Length > longest && text.StartsWith(form, StringComparison.Ordinal))
            {
                longest = form.Length;
            }
        }

        return longest;
    }
}
