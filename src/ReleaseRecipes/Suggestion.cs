namespace ReleaseRecipes;

/// <summary>"Did you mean" for names that are almost right.</summary>
public static class Suggestion
{
    /// <summary>A sentence with a trailing space that names the nearest known word; empty where none is near.</summary>
    public static string For(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } meant ? $"Did you mean '{meant}'? " : "";

    /// <summary>The known word within two edits (one for short words), or null.</summary>
    public static string? Nearest(string word, IEnumerable<string> known) =>
        known
            .Select(candidate => (candidate, edits: Edits(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => pair.edits <= (Math.Min(word.Length, pair.candidate.Length) < 5 ? 1 : 2))
            .OrderBy(pair => pair.edits)
            .Select(pair => pair.candidate)
            .FirstOrDefault();

    // Optimal string alignment: insertions, deletions, replacements and swapped neighbours each cost one.
    static int Edits(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > 2 || from.Length > 60)
        {
            return int.MaxValue;
        }

        var cost = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                cost[i, j] =
                    i == 0 ? j
                    : j == 0 ? i
                    : Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[from.Length, to.Length];
    }
}
