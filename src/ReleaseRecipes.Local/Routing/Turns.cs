namespace ReleaseRecipes.Local.Routing;

/// <summary>
/// Deals requests out by weight so evenly that any hundred requests in a row are split exactly as the percentages say
/// (smooth weighted round robin): 10 % is every tenth request, not every tenth on average.
/// </summary>
sealed class Turns(IReadOnlyDictionary<string, int> weights)
{
    readonly Lock sync = new();
    readonly Dictionary<string, int> credit = weights.Keys.ToDictionary(version => version, _ => 0);

    /// <summary>The versions that have a share.</summary>
    public IReadOnlyList<string> Versions { get; } = [.. weights.Where(pair => pair.Value > 0).Select(pair => pair.Key)];

    public int WeightOf(string version) => weights.GetValueOrDefault(version);

    /// <summary>Whose turn it is among the versions that can serve; null where none can.</summary>
    public string? Next(IReadOnlyCollection<string> able)
    {
        if (able.Count == 0)
        {
            return null;
        }

        lock (sync)
        {
            var total = 0;
            string? best = null;
            foreach (var version in able)
            {
                total += WeightOf(version);
                credit[version] += WeightOf(version);
                best = best is null || credit[version] > credit[best] ? version : best;
            }

            credit[best!] -= total;
            return best;
        }
    }
}
