namespace ReleaseRecipes.Output;

/// <summary>The values that must never be shown, logged or recorded, and their mask.</summary>
public sealed class Secrets(IEnumerable<string> values)
{
    readonly string[] values = [.. values.Where(value => value.Length >= 5).Distinct().OrderByDescending(value => value.Length)];

    /// <summary>Nothing to hide.</summary>
    public static Secrets None { get; } = new([]);

    /// <summary>The text with every secret in it replaced by <c>***</c>.</summary>
    public string Mask(string text) => values.Aggregate(text, (masked, value) => masked.Replace(value, "***", StringComparison.Ordinal));
}
