namespace ReleaseRecipes;

/// <summary>Finds the name that a mistyped one was probably meant to be.</summary>
public static class DidYouMean
{
    /// <summary>The nearest known name, at most a third of its letters away; null where none is near.</summary>
    public static string? Nearest(string mistyped, IEnumerable<string> known) =>
        mistyped.Length > 60
            ? null
            : known
                .Select(name => (Name: name, Distance: Distance(Plain(mistyped), Plain(name))))
                .Where(near => near.Distance <= Math.Max(1, near.Name.Length / 3))
                .OrderBy(near => near.Distance)
                .Select(near => near.Name)
                .FirstOrDefault();

    /// <summary>camelCase, kebab-case and snake_case of one name are the same name.</summary>
    static string Plain(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Insertions, removals, replacements and swaps of neighbours (optimal string alignment).</summary>
    static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                rows[i, j] =
                    i == 0 || j == 0
                        ? i + j
                        : Math.Min(
                            Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                            Math.Min(
                                rows[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1),
                                i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]
                                    ? rows[i - 2, j - 2] + 1
                                    : int.MaxValue
                            )
                        );
            }
        }

        return rows[from.Length, to.Length];
    }
}
