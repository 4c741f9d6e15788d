using ReleaseRecipes.Git;

namespace ReleaseRecipes.Ledger;

/// <summary>Brings the ledger here and the one at the remote to one line of events.</summary>
sealed class LedgerSync(
    GitRepository git,
    GitObjects objects,
    LedgerReader reader,
    LedgerWriter writer,
    LedgerRemote remote,
    string name,
    Backoff backoff
)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        var theirs = await remote.LookAsync(cancel);
        var seen = await git.TipAsync(remote.Seen, cancel);
        if (theirs is null)
        {
            _ = seen is null ? true : throw Rewritten(seen, "it is gone");
            return;
        }

        if (await objects.FindAsync(theirs, cancel) is null)
        {
            await remote.FetchAsync(cancel);
        }

        if (seen is not null && !await git.ContainsAsync(theirs, seen, cancel))
        {
            throw Rewritten(seen, $"it ends at {theirs} now");
        }

        await reader.HeadAsync(theirs, cancel);
        await AdoptAsync(theirs, cancel);
        await remote.SeenAsync(theirs, cancel);
    }

    async Task AdoptAsync(string theirs, CancellationToken cancel)
    {
        var ours = await git.TipAsync(name, cancel);
        if (ours is null || await git.ContainsAsync(theirs, ours, cancel))
        {
            await LocalRefs.AdvanceAsync(git, name, theirs, backoff, cancel);
        }
        else if (!await git.ContainsAsync(ours, theirs, cancel))
        {
            await ChainAgainAsync(ours, theirs, cancel);
        }
    }

    /// <summary>Both sides went on. What was recorded here and never pushed comes after what is there, where the two do not touch.</summary>
    async Task ChainAgainAsync(string ours, string theirs, CancellationToken cancel)
    {
        var here = await LedgerLines.ReadAllAsync(git, ours);
        var there = await LedgerLines.ReadAllAsync(git, theirs);
        var common = here.Zip(there).TakeWhile(pair => pair.First.Hash == pair.Second.Hash).Count();
        var mine = here.Skip(common).ToList();
        if (Touching(mine, [.. there.Skip(common)]) is { } what)
        {
            throw new ReleaseException(
                $"The ledger here and the one at '{remote.Name}' both went on with {what}.",
                $"{mine.Count} events here were never pushed; {there.Count - common} events there are not here.",
                $"What happened there stands. To drop the events here: git update-ref {name} {theirs}"
            );
        }

        var before = await reader.HeadAsync(theirs, cancel);
        var (events, next) = Rebuilt(before.Head, mine);
        var pending = PendingRefs.New();
        var (result, _, _) = await writer.CommitAsync(pending, before, events, next, cancel);
        if (!result.Succeeded)
        {
            throw LedgerCommit.NotWritten(name, result);
        }

        var commit = (await objects.FindAsync(pending, cancel))!.Hash;
        var problem = await LocalRefs.SetAsync(git, name, commit, ours, cancel);
        await LocalRefs.DeleteAsync(git, pending);
        _ = problem is null ? true : throw problem;
    }

    static (List<LedgerEvent> Events, LedgerHead Next) Rebuilt(LedgerHead head, List<LedgerEvent> mine)
    {
        var events = new List<LedgerEvent>();
        foreach (var fact in mine)
        {
            var chained = EventHash.Chain(head, fact.Release, fact.Kind, fact.At, fact.Actor, fact.Data);
            events.Add(chained);
            head = new LedgerHead(chained.Sequence, chained.Hash, LedgerFold.Apply(head.State, chained));
        }

        return (events, head);
    }

    /// <summary>What both sides changed, or what must not be numbered anew; null where they do not touch.</summary>
    static string? Touching(List<LedgerEvent> mine, List<LedgerEvent> theirs)
    {
        var release = mine.Select(fact => fact.Release).Intersect(theirs.Select(fact => fact.Release)).FirstOrDefault();
        var environment = mine.SelectMany(Environments).Intersect(theirs.SelectMany(Environments)).FirstOrDefault();
        // A tag carries the number and the hash of the event before it.
        var tag = mine.FirstOrDefault(fact => fact.Kind == EventKinds.Intent && Effect.IsTag(LedgerFold.Text(fact, "key")));
        return release is not null ? $"release {release}"
            : environment is not null ? $"environment {environment}"
            : tag is not null ? $"releases, and {tag.Release} was tagged here"
            : null;
    }

    static IEnumerable<string> Environments(LedgerEvent fact) =>
        LedgerFold.Text(fact, "environment") is { } name && name != Leases.Releasing ? [name] : [];

    ReleaseException Rewritten(string seen, string how) =>
        new(
            $"The ledger at '{remote.Name}' lost events that were there before: {how}.",
            $"Last seen there: {seen} ({remote.Seen}).",
            $"Find out who did it. To put it back: git push --force {remote.Name} {seen}:{name}. To accept the loss: git update-ref -d {remote.Seen}"
        );
}
