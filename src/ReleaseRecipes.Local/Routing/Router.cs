using ReleaseRecipes.Local.Supervision;

namespace ReleaseRecipes.Local.Routing;

/// <summary>Finds the instance that serves a request.</summary>
sealed class Router
{
    volatile Turns turns = new(new Dictionary<string, int>());
    volatile IReadOnlyDictionary<string, VersionRun> versions = new Dictionary<string, VersionRun>();

    /// <summary>What runs, from now on.</summary>
    public void Serve(IReadOnlyDictionary<string, VersionRun> running) => versions = running;

    /// <summary>How new requests are split from now on.</summary>
    public void Split(IReadOnlyDictionary<string, int> weights) => turns = new Turns(weights);

    public int WeightOf(string version) => turns.WeightOf(version);

    /// <summary>
    /// The instance whose turn it is. Versions without a healthy instance are passed over; where none has one, those that were healthy
    /// are tried rather than none. Null: nobody can serve.
    /// </summary>
    /// <param name="only">The version that the request was given to before, which keeps it if it can.</param>
    /// <param name="tried">Instances that could not be reached.</param>
    public Route? Next(string? only, IReadOnlyCollection<Instance> tried) =>
        (only is null ? null : Enter(only, true, tried)) ?? Among(healthy: true, tried) ?? Among(healthy: false, tried);

    Route? Among(bool healthy, IReadOnlyCollection<Instance> tried)
    {
        var (now, running) = (turns, versions);
        var able = now
            .Versions.Where(version => running.TryGetValue(version, out var run) && Candidates(run, healthy, tried).Any())
            .ToList();
        while (now.Next(able) is { } version)
        {
            if (Enter(version, healthy, tried) is { } route)
            {
                return route;
            }

            // It closed in this very moment.
            able.Remove(version);
        }

        return null;
    }

    Route? Enter(string version, bool healthy, IReadOnlyCollection<Instance> tried)
    {
        if (!versions.TryGetValue(version, out var run))
        {
            return null;
        }

        foreach (var instance in Candidates(run, healthy, tried))
        {
            if (instance.Enter() is { } upstream)
            {
                return new Route(run, instance, upstream);
            }
        }

        return null;
    }

    static IEnumerable<Instance> Candidates(VersionRun run, bool healthy, IReadOnlyCollection<Instance> tried) =>
        run.InTurn(healthy).Where(instance => !tried.Contains(instance));
}
