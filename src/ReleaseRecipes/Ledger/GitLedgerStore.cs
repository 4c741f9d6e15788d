using System.Text.RegularExpressions;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Ledger;

/// <summary>
/// The ledger in a git ref of its own: one commit an append, <c>releases/VERSION/events.jsonl</c> and <c>head.json</c> in its tree.
/// Neither the work tree nor the index is ever touched, no hook runs, nothing is signed. With a remote, an event counts as appended only
/// when the remote has it.
/// </summary>
/// <param name="git">The repository.</param>
/// <param name="settings">Which ref.</param>
/// <param name="remote">The remote to push every append to; null: the ledger stays in this repository.</param>
/// <param name="clock">What waiting is measured by; the system's where null.</param>
/// <param name="backoff">How long to wait for a remote that may come back; by the clock where null.</param>
public sealed partial class GitLedgerStore(
    GitRepository git,
    LedgerSettings settings,
    string? remote = null,
    TimeProvider? clock = null,
    Backoff? backoff = null
) : ILedgerStore, IDisposable
{
    readonly GitObjects objects = new(git);
    readonly string name = Valid(settings.Ref);
    readonly TimeProvider clock = clock ?? TimeProvider.System;
    readonly Backoff backoff = backoff ?? new Backoff(clock ?? TimeProvider.System);

    LedgerRemote? Remote => field ??= remote is null ? null : new LedgerRemote(git, remote, name, backoff);
    bool synced;

    LedgerReader Reader => field ??= new LedgerReader(objects, name);

    LedgerWriter Writer => field ??= new LedgerWriter(git, Reader);

    /// <inheritdoc/>
    public async Task<LedgerHead> HeadAsync(CancellationToken cancel = default) => (await StoredAsync(cancel)).Head;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LedgerEvent>> ReadAsync(string release, CancellationToken cancel = default) =>
        await Reader.ReadAsync(await StoredAsync(cancel), release, cancel);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LedgerEvent>> ReadAllAsync(CancellationToken cancel = default)
    {
        var stored = await StoredAsync(cancel);
        return stored.Commit is null ? [] : await LedgerLines.ReadAllAsync(git, stored.Commit);
    }

    /// <summary>
    /// Brings what the remote's ledger has that this one has not; events of this one that were never pushed come after them. Does nothing
    /// where no remote is pushed to. Call it before the first read: a new machine then goes on where another one stopped.
    /// </summary>
    /// <exception cref="ReleaseException">The remote does not answer, its ledger was rewritten, or both sides went on with the same release.</exception>
    public async Task FetchAsync(CancellationToken cancel = default)
    {
        if (Remote is not null)
        {
            await new LedgerSync(git, objects, Reader, Writer, Remote, name, backoff).RunAsync(cancel);
            if (!synced)
            {
                await PendingRefs.SweepAsync(git, clock.GetUtcNow(), cancel);
            }

            synced = true;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryAppendAsync(
        LedgerHead expected,
        IReadOnlyList<LedgerEvent> events,
        LedgerHead next,
        CancellationToken cancel = default
    )
    {
        if (!synced)
        {
            await FetchAsync(cancel);
        }

        var before = await StoredAsync(cancel);
        return before.Head.Count == expected.Count
            && before.Head.Hash == expected.Hash
            && (
                Remote is null
                    ? await StaleLocks.RetryAsync(git, () => AppendAsync(before, events, next, cancel), cancel)
                    : await PublishAsync(Remote, before, events, next, cancel)
            );
    }

    public void Dispose() => objects.Dispose();

    async Task<bool> AppendAsync(StoredHead before, IReadOnlyList<LedgerEvent> events, LedgerHead next, CancellationToken cancel)
    {
        var (result, _, _) = await Writer.CommitAsync(name, before, events, next, cancel);
        if (result.Succeeded)
        {
            return true;
        }

        return (await StoredAsync(cancel)).Commit != before.Commit ? false : throw LedgerCommit.NotWritten(name, result);
    }

    /// <summary>The remote decides: only what it took becomes the ledger here.</summary>
    async Task<bool> PublishAsync(
        LedgerRemote to,
        StoredHead before,
        IReadOnlyList<LedgerEvent> events,
        LedgerHead next,
        CancellationToken cancel
    )
    {
        if (to.Tip is { } there && there != before.Commit && !await git.ContainsAsync(before.Commit, there, cancel))
        {
            await FetchAsync(cancel);
            return false;
        }

        var pending = PendingRefs.New();
        var written = await Writer.CommitAsync(pending, before, events, next, cancel);
        if (!written.Result.Succeeded)
        {
            throw LedgerCommit.NotWritten(name, written.Result);
        }

        try
        {
            var commit = (await objects.FindAsync(pending, cancel))!.Hash;
            if (!await to.PushAsync(commit, cancel))
            {
                await FetchAsync(cancel);
                return false;
            }

            await AdoptAsync(to, before, pending, commit, cancel);
            Reader.Remember(written.Head with { Commit = commit }, written.Files);
            return true;
        }
        finally
        {
            if (await objects.FindAsync(pending, CancellationToken.None) is not null)
            {
                await LocalRefs.DeleteAsync(git, pending);
            }
        }
    }

    /// <summary>What the remote took becomes the ledger here: in one git process where nobody else writes, which is the usual case.</summary>
    async Task AdoptAsync(LedgerRemote to, StoredHead before, string pending, string commit, CancellationToken cancel)
    {
        var ours = (await objects.FindAsync(name, cancel))?.Hash;
        var seen = (await objects.FindAsync(to.Seen, cancel))?.Hash;
        var usual = to.Tip == commit && (ours is null || ours == before.Commit);
        if (!usual || !await LocalRefs.TryMoveAsync(git, [(name, ours), (to.Seen, seen)], commit, pending, cancel))
        {
            await LocalRefs.AdvanceAsync(git, name, commit, backoff, cancel);
            await to.SeenAsync(to.Tip ?? commit, cancel);
        }
    }

    async Task<StoredHead> StoredAsync(CancellationToken cancel)
    {
        // A fresh clone has the ledger as the remote's branch only.
        string[] known = [.. new[] { name, Tracked() }.Where(git.MayHaveRef)];
        var tip = known.Length == 0 ? null : await objects.FindAsync(known[0], cancel) ?? await objects.FindAsync(known[^1], cancel);
        return await Reader.HeadAsync(tip?.Hash, cancel);
    }

    string Tracked() => $"refs/remotes/{remote ?? "origin"}/{name["refs/".Length..].Split('/', 2)[^1]}";

    static string Valid(string name) =>
        FullRef().IsMatch(name) && !name.Contains("..", StringComparison.Ordinal) && !name.EndsWith(".lock", StringComparison.Ordinal)
            ? name
            : throw new ReleaseException(
                "The ledger's ref is not a full ref name of plain letters.",
                name,
                "Write it like refs/heads/release-ledger.",
                ExitCodes.WrongInput
            );

    [GeneratedRegex(@"\Arefs(/[A-Za-z0-9_][A-Za-z0-9._-]*)+\z")]
    private static partial Regex FullRef();
}
