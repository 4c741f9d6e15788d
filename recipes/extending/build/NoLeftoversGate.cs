using ReleaseRecipes.Gates;
using ReleaseRecipes.Thresholds;

/// <summary>Closed while a file on the menu is left over from yesterday. What it counts, a threshold may speak of.</summary>
sealed class NoLeftoversGate : IGate
{
    public string Name => "no_leftovers";

    public Task<GateAnswer> CheckAsync(GateCandidate candidate, CancellationToken cancel)
    {
        var leftovers = Directory.EnumerateFiles(candidate.Root, "*.leftover").Count();
        var answer = leftovers == 0 ? GateAnswer.Open("nothing is left over") : GateAnswer.Closed($"{leftovers} left over");
        return Task.FromResult(answer with { Metrics = new Dictionary<string, Quantity> { ["leftovers"] = Quantity.Count(leftovers) } });
    }
}
