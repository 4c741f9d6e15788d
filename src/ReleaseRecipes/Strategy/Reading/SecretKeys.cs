namespace ReleaseRecipes.Strategy.Reading;

/// <summary>Keys that people write secrets under, which this file never has.</summary>
static class SecretKeys
{
    static readonly string[] Words = ["token", "password", "passwd", "secret", "apikey", "webhook", "credential", "privatekey"];

    public static bool IsOne(string name) => Words.Any(word => Plain(name).Contains(word, StringComparison.Ordinal));

    /// <summary>Whether <paramref name="variable"/> (<c>webhook_env</c>) is the key for a secret that was written as <paramref name="name"/> (<c>webhook_url</c>).</summary>
    public static bool Fits(string name, string variable)
    {
        var stem = Plain(variable[..^"_env".Length]);
        return IsOne(name)
            && (Plain(name).Contains(stem, StringComparison.Ordinal) || stem.Contains(Plain(name), StringComparison.Ordinal));
    }

    static string Plain(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
