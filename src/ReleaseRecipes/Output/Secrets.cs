using System.Buffers;
using System.Collections;
using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseRecipes.Output;

/// <summary>
/// The values that must never be shown, logged or recorded, and their mask. A value is found as it is, line by line, and as URLs, JSON, HTML
/// and base64 write it; beside that, whatever stands as a password in a URL. Values of fewer than five characters cannot be masked.
/// </summary>
public sealed partial class Secrets
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
    public static Secrets FromEnvironment(IEnumerable<string> names) =>
        From(
            Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(pair => KeyValuePair.Create((string)pair.Key, pair.Value as string ?? "")),
            names
        );

    /// <summary>What a set of variables holds.</summary>
    public static Secrets From(IEnumerable<KeyValuePair<string, string>> variables, IEnumerable<string> names)
    {
        var named = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new Secrets(
            variables.SelectMany(pair => named.Contains(pair.Key) ? [pair.Value.Trim()] : SecretNames.SecretsIn(pair.Key, pair.Value))
        );
    }

    /// <summary>The text with every secret in it replaced by <c>***</c>.</summary>
    public string Mask(string text)
    {
        var masked = forms.Length == 0 || text.Length < Shortest ? text : MaskValues(text);
        return masked.Contains("://", StringComparison.Ordinal) && masked.Contains('@') ? PasswordInUrl().Replace(masked, Mark) : masked;
    }

    string MaskValues(string text)
    {
        var start = text.AsSpan().IndexOfAny(search.Value);
        if (start < 0)
        {
            return text;
        }

        var masked = new StringBuilder(text.Length);
        var done = 0;
        while (start >= 0)
        {
            var end = End(text, start);
            masked.Append(text, done, start - done).Append(Mark);
            done = end;
            var next = text.AsSpan(done).IndexOfAny(search.Value);
            start = next < 0 ? -1 : done + next;
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

    // Bounded, so that no text makes it slow. A long name without a password is a token.
    [GeneratedRegex(@"(?<=://[^\s/:@]{0,100}:)[^\s/@]{1,400}(?=@)|(?<=://)[^\s/:@]{20,400}(?=@)", RegexOptions.CultureInvariant)]
    private static partial Regex PasswordInUrl();
}
