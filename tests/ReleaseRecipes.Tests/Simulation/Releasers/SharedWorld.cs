using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>Everything outside the processes: the ledger at the remote, tags, environments. Checks at every change that nothing happens that must not.</summary>
public sealed class SharedWorld(Scheduler scheduler)
{
    readonly HashSet<(string Release, string? Key)> outcomes = [];
    readonly Dictionary<string, int> changes = [];
    readonly List<LedgerEvent> events = [];

    public Scheduler Scheduler => scheduler;

    /// <summary>Whether anything may still go wrong; at the end everything must come to its end.</summary>
    public bool Stormy { get; set; } = true;

    /// <summary>Whether only one releaser runs at a time.</summary>
    public bool Alone { get; set; }

    /// <summary>How often each version was announced: an effect that the world does not forbid to happen twice.</summary>
    public Dictionary<string, int> Announcements { get; } = [];

    public LedgerHead Head { get; private set; } = LedgerHead.Empty;

    public IReadOnlyList<LedgerEvent> Events => events;

    public Dictionary<string, string> Tags { get; } = [];

    public Dictionary<string, SimulatedPlace> Places { get; } = new() { ["staging"] = new(), ["production"] = new() };

    public void MayFail(string problem)
    {
        if (Stormy && scheduler.Chance(2))
        {
            throw new ReleaseException(problem);
        }
    }

    public bool Append(LedgerHead expected, IReadOnlyList<LedgerEvent> news, LedgerHead next)
    {
        if (expected.Hash != Head.Hash)
        {
            return false;
        }

        foreach (var fact in news)
        {
            var previous = events is [.., var last] ? last.Hash : LedgerHead.NoHash;
            Must(fact.Sequence == events.Count + 1 && fact.Previous == previous && EventHash.Of(fact) == fact.Hash, "the ledger verifies");
            Must(
                fact.Kind != EventKinds.Outcome || outcomes.Add((fact.Release, fact.Data["key"]?.ToString())),
                $"one outcome a key: {fact.Data["key"]}"
            );
            var announced = Announcements.GetValueOrDefault(fact.Release) > 0;
            Must(
                fact.Kind != EventKinds.Failure || fact.Data["key"]!.ToString() != "announce" || !announced,
                "what happened is no failure"
            );
            events.Add(fact);
        }

        Must(next.State.Fence >= Head.State.Fence, "fences only grow");
        Head = next;
        return true;
    }

    /// <summary>Sends a request that some later step carries out; the answer may come late, or never, or the request may get lost.</summary>
    public async Task RequestAsync(SimulatedProcess process, Action apply)
    {
        await scheduler.TurnAsync(process);
        var answer = new TaskCompletionSource();
        if (!Stormy || !scheduler.Chance(4))
        {
            scheduler.Later(() => Deliver(apply, answer));
        }
        else
        {
            scheduler.Later(() => answer.TrySetException(new TimeoutException("the request was lost")));
        }

        if (Stormy && scheduler.Chance(4))
        {
            // Who asked gives up, and it may still happen.
            scheduler.Later(() => answer.TrySetException(new TimeoutException("no answer in time")));
        }

        await answer.Task;
        await scheduler.TurnAsync(process);
    }

    /// <summary>
    /// Tells the world, which takes it at once and any number of times. Of two releasers nobody but the receiver could keep the second
    /// one from saying it, so that only the lives of lone releasers show whether it was looked at first.
    /// </summary>
    public async Task AnnounceAsync(SimulatedProcess process, string version)
    {
        await scheduler.TurnAsync(process);
        MayFail("nobody listens");
        Announcements[version] = Announcements.GetValueOrDefault(version) + 1;
        Must(!Alone || Announcements[version] == 1, $"{version} is announced once");
        await scheduler.TurnAsync(process);
        MayFail("nobody was heard");
    }

    /// <summary>A tag is made once, and never moved.</summary>
    public void Tag(string name, string commit)
    {
        Must(!Tags.TryGetValue(name, out var there) || there == commit, $"the tag {name} is never moved");
        Changed($"tag {name}", Tags.TryAdd(name, commit));
    }

    /// <summary>Brings a place to an absolute state, for a lease that no newer one has superseded there.</summary>
    public void Bring(string place, string key, long fence, string? candidate, int weight)
    {
        var at = Places[place];
        if (fence < at.Fence)
        {
            throw new ReleaseException($"{place} has seen a newer lease than {fence}.");
        }

        var next = at with { Fence = fence, Candidate = candidate, Weight = weight };
        Must(weight == 0 || candidate is not null, "no traffic to a version that does not run");
        Must(at.Stable is null || next.Stable is not null, "the stable version stays up");
        Changed($"{place} {key}", next.Candidate != at.Candidate || next.Weight != at.Weight);
        Places[place] = next;
    }

    /// <summary>The candidate becomes the stable version.</summary>
    public void Promote(string place, string key, long fence, string version)
    {
        var at = Places[place];
        if (fence < at.Fence)
        {
            throw new ReleaseException($"{place} has seen a newer lease than {fence}.");
        }

        Must(at.Stable == version || at is { Weight: 100 } && at.Candidate == version, "only what serves everything is promoted");
        Changed($"{place} {key}", at.Stable != version);
        Places[place] = at.Stable == version ? at with { Fence = fence } : new SimulatedPlace(version, null, 0, fence);
    }

    void Deliver(Action apply, TaskCompletionSource answer)
    {
        try
        {
            apply();
        }
        catch (ReleaseException refused)
        {
            answer.TrySetException(refused);
            return;
        }

        if (Stormy && scheduler.Chance(4))
        {
            scheduler.Later(() => answer.TrySetException(new TimeoutException("the answer was lost")));
        }
        else
        {
            scheduler.Later(() => answer.TrySetResult());
        }
    }

    void Changed(string key, bool changed)
    {
        changes[key] = changes.GetValueOrDefault(key) + (changed ? 1 : 0);
        Must(changes[key] <= 1, $"no effect twice: {key}");
    }

    public static void Must(bool holds, string invariant)
    {
        if (!holds)
        {
            throw new BrokenInvariantException(invariant);
        }
    }
}

/// <summary>What runs in an environment.</summary>
/// <param name="Stable">The verified version.</param>
/// <param name="Candidate">The version that a rollout brings.</param>
/// <param name="Weight">The candidate's share of the traffic.</param>
/// <param name="Fence">The highest lease that changed it.</param>
public sealed record SimulatedPlace(string? Stable = null, string? Candidate = null, int Weight = 0, long Fence = 0);

/// <summary>Something happened that must never happen.</summary>
public sealed class BrokenInvariantException(string invariant) : Exception($"Broken: {invariant}.");
