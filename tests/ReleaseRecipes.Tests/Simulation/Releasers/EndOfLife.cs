using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>What must hold when everything has come to its end.</summary>
static class EndOfLife
{
    public static IReadOnlyList<LedgerEvent> Check(ReleaseWorld world, IReadOnlyList<SimulatedProcess> processes)
    {
        ReleaseWorld.Must(world.Wrong is null, world.Wrong ?? "");
        foreach (var process in processes)
        {
            // A process may fail for a reason that a user would see, or be killed; everything else is a defect.
            var problem = process.Run.Exception?.InnerException;
            if (problem is not (null or ReleaseException or KilledException))
            {
                throw new BrokenInvariantException($"{process.Name} fails only in ways it knows: {problem}");
            }
        }

        var tip = world.Remote.CommitOf(ReleaseWorld.LedgerRef)!;
        var files = world.History.Commit(tip).Files.Keys.Where(path => path.EndsWith("/events.jsonl", StringComparison.Ordinal));
        var chain = LedgerChain.Of([.. files.Select(path => (path, world.Text(tip, path)))], world.Text(tip, LedgerTree.Head));
        ReleaseWorld.Must(chain.Problems.Count == 0, $"the ledger verifies: {string.Join("; ", chain.Problems)}");
        RecordChecks.Check(world, chain.Events);
        var newest = world.State.Newest!.Version;
        foreach (var (name, place) in world.Places)
        {
            var recorded = world.State.Environments[name];
            ReleaseWorld.Must(
                recorded is { State: "idle", Candidate: null } && recorded.Verified == newest,
                $"{name} is on {newest}: {recorded}"
            );
            ReleaseWorld.Must(
                place.State.Weights is { Count: 1 } weights && weights.GetValueOrDefault(newest) == 100,
                $"{name} serves {newest}"
            );
        }

        ReleaseWorld.Must(world.State.Lease is null, "nobody holds the right to release");
        foreach (var release in chain.Events.GroupBy(fact => fact.Release))
        {
            Check(world, release.Key, [.. release]);
        }

        return chain.Events;
    }

    static void Check(ReleaseWorld world, string version, IReadOnlyList<LedgerEvent> events)
    {
        var outcomes = events.Where(fact => fact.Kind == EventKinds.Outcome).ToList();
        var twice = outcomes.GroupBy(Key).FirstOrDefault(group => group.Count() > 1);
        ReleaseWorld.Must(twice is null, $"one outcome a key: {version} {twice?.Key}");
        var released = events.Count(fact => fact.Kind == EventKinds.Released);
        ReleaseWorld.Must(released <= 1, $"{version} is released once");
        var tag = world.Remote.Refs.GetValueOrDefault($"refs/tags/v{version}");
        var peeled = tag is null ? null : world.History.Peeled(tag);
        // What was pushed and not heard of may arrive late, when another machine has put the tag elsewhere: only that one is told.
        var tagged = outcomes.Where(fact => Effect.IsTag(Key(fact))).Select(Commit);
        ReleaseWorld.Must(tag is null || tagged.Contains(peeled), $"v{version} is where the ledger says");
        var pushed = outcomes.Where(fact => Effect.Is(Key(fact), "push")).Select(Commit).ToList();
        ReleaseWorld.Must(pushed.All(commit => commit == peeled), $"v{version} was published and is there");
        ReleaseWorld.Must(released == 0 || tag is not null, $"{version} was released and is tagged");
        var commits = world
            .History.Log(world.Remote.Refs["refs/heads/main"])
            .Count(commit => commit.Subject == $"chore(release): v{version}");
        // Who ends a release elsewhere cannot take back a commit that only a lost machine has; the next release stands on it. Nor can anybody
        // take back one that a remote took without its tag, once a developer went on from there.
        var ended = events.Count(fact => fact.Kind == EventKinds.Aborted);
        var anew = world.RemoteIsAtomic ? 0 : events.Count(fact => fact.Kind == EventKinds.Planned) - 1;
        ReleaseWorld.Must(tag is null || commits <= 1 + ended + anew, $"{version} has one release commit");
    }

    static string Commit(LedgerEvent outcome) => outcome.Data["outcome"]!["commit"]!.ToString();

    static string? Key(LedgerEvent fact) => LedgerFold.Text(fact, "key");
}
