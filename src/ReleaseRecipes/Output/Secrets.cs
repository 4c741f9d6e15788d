namespace ReleaseRecipes.Output;

/// <summary>The values that must never be shown, logged or recorded, and their mask.</summary>
public sealed class Secrets(IEnumerable<string> values)
{
    readonly string[] values = [.. values.Where(value => value.Length >= 5).Distinct().OrderByDescending(value => value.Length)];

    /// <summary>Nothing to hide.</summary>
    public static Secrets None { get; } = new([]);

    /// <summary>The values of the variables that look like secrets, and of those that are named.</summary>
    public static Secrets FromEnvironment(IReadOnlyCollection<string> named) =>
        new(
            Environment
                .GetEnvironmentVariables()
                .Cast<System.Collections.DictionaryEntry>()
                .Where(variable => named.Contains((string)variable.Key) || LooksSecret((string)variable.Key))
                .Select(variable => (string?)variable.Value ?? "")
        );

    static bool LooksSecret(string name) =>
        new[] { "TOKEN", "SECRET", "PASSWORD", "APIKEY", "API_KEY", "WEBHOOK", "CREDENTIAL" }.Any(part =>
            name.Contains(part, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The text with every secret in it replaced by <c>***</c>.</summary>
    public string Mask(string text) => values.Aggregate(text, (masked, value) => masked.Replace(value, "***", StringComparison.Ordinal));
}
