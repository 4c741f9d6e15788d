namespace ReleaseRecipes.Notifications;

/// <summary>Finds the issues that commits name: <c>SHOP-123</c>.</summary>
static class JiraIssues
{
    const int Most = 50;

    /// <summary>The issues' keys, each once, at most fifty.</summary>
    /// <param name="texts">The commits' first lines.</param>
    /// <param name="project">The only project that counts; any where null.</param>
    public static IReadOnlyList<string> In(IEnumerable<string> texts, string? project) =>
        [
            .. texts
                .SelectMany(Keys)
                .Where(key => project is null || key.StartsWith(project + "-", StringComparison.Ordinal))
                .Distinct()
                .Take(Most),
        ];

    static IEnumerable<string> Keys(string text)
    {
        for (var dash = text.IndexOf('-', StringComparison.Ordinal); dash >= 0; dash = text.IndexOf('-', dash + 1))
        {
            var (from, to) = (dash, dash + 1);
            while (from > 0 && IsOfProject(text[from - 1]) && dash - from < 20)
            {
                from--;
            }

            while (to < text.Length && char.IsAsciiDigit(text[to]) && to - dash < 10)
            {
                to++;
            }

            var stands = (from == 0 || !IsPartOfWord(text[from - 1])) && (to == text.Length || !IsPartOfWord(text[to]));
            if (stands && dash - from >= 2 && char.IsAsciiLetterUpper(text[from]) && to > dash + 1 && text[dash + 1] != '0')
            {
                yield return text[from..to];
            }
        }
    }

    static bool IsOfProject(char character) => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '_';

    static bool IsPartOfWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '-' or '/';
}
