using ReleaseRecipes.Git;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Ledger;

/// <summary>The ledger's ref at a remote. A broken connection is never taken for a refusal: what happened is looked up.</summary>
sealed class LedgerRemote(GitRepository git, string remote, string name, Backoff backoff)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The remote's name.</summary>
    public string Name => remote;

    /// <summary>Where this repository notes what it last saw there; a remote whose ledger does not contain it was rewritten.</summary>
    public string Seen => $"refs/release-recipes/ledger/{remote}";

    /// <summary>What the remote had when it was last asked; null: no ledger.</summary>
    public string? Tip { get; private set; }

    /// <summary>Asks the remote where its ledger ends.</summary>
    /// <exception cref="ReleaseException">It does not answer.</exception>
    public async Task<string?> LookAsync(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var listed = await git.TryAsync(["ls-remote", "--quiet", "--", remote, name], timeout: Patience, cancel: cancel);
            if (listed.Succeeded)
            {
                // ls-remote matches by the end of the name; only the very ref counts.
                return Tip = listed
                    .Output.Split('\n')
                    .Select(line => line.Split('\t'))
                    .FirstOrDefault(parts => parts.Length == 2 && parts[1] == name)
                    ?[0];
            }

            if (attempt == Backoff.Attempts || !RemoteTroubles.Of(listed).MayPass())
            {
                throw Unreachable(listed);
            }

            await backoff.WaitAsync(attempt, cancel);
        }
    }

    /// <summary>Brings a commit of the remote's ledger here.</summary>
    public async Task FetchAsync(CancellationToken cancel)
    {
        string[] fetch = ["-c", "core.hooksPath=/dev/null", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", remote, name];
        for (var attempt = 1; ; attempt++)
        {
            var result = await StaleLocks.RetryAsync(git, () => FetchOnceAsync(fetch, cancel), cancel);
            if (result.Succeeded)
            {
                return;
            }

            if (attempt == Backoff.Attempts || !RemoteTroubles.Of(result).MayPass())
            {
                throw Unreachable(result);
            }

            await backoff.WaitAsync(attempt, cancel);
        }
    }

    /// <summary>Makes a commit the remote's ledger, if that still ends where it was seen last. False: another releaser was first. Noting it is the caller's.</summary>
    /// <exception cref="ReleaseException">The remote refuses, or does not answer.</exception>
    public async Task<bool> PushAsync(string commit, CancellationToken cancel)
    {
        var expected = Tip;
        string[] push =
        [
            "-c",
            "core.hooksPath=/dev/null",
            "push",
            "--porcelain",
            "--no-follow-tags",
            "--no-recurse-submodules",
            "--no-signed",
            $"--force-with-lease={name}:{expected}",
            "--",
            remote,
            $"{commit}:{name}",
        ];
        for (var attempt = 1; ; attempt++)
        {
            var result = await git.TryAsync(push, timeout: Patience, cancel: cancel);
            var tip = result.Succeeded ? commit : await LookAsync(cancel);
            if (tip == commit)
            {
                Tip = commit;
                return true;
            }

            if (tip != expected)
            {
                return tip is not null && await IsInAsync(tip, commit, cancel);
            }

            if (attempt == Backoff.Attempts || !RemoteTroubles.Of(result).MayPass())
            {
                throw Refused(result);
            }

            await backoff.WaitAsync(attempt, cancel);
        }
    }

    /// <summary>Notes what the remote has.</summary>
    public Task SeenAsync(string tip, CancellationToken cancel)
    {
        Tip = tip;
        return LocalRefs.AdvanceAsync(git, Seen, tip, backoff, cancel);
    }

    async Task<bool> IsInAsync(string tip, string commit, CancellationToken cancel)
    {
        await FetchAsync(cancel);
        return await git.ContainsAsync(tip, commit, cancel);
    }

    // Of all a fetch may fail from, only a lock (shallow.lock in a shallow clone) is in this repository.
    async Task<ProgramResult> FetchOnceAsync(string[] fetch, CancellationToken cancel)
    {
        var result = await git.TryAsync(fetch, timeout: 5 * Patience, cancel: cancel);
        return result.Error.Contains(".lock'", StringComparison.Ordinal) ? throw GitRepository.Failed(fetch, result) : result;
    }

    ReleaseException Unreachable(ProgramResult result) =>
        new(
            $"The ledger at the remote '{remote}' cannot be reached.",
            result.TimedOut ? $"No answer within {Patience.TotalMinutes:0} min." : RemoteTroubles.Said(result),
            (RemoteTroubles.Of(result).Advice(remote) ?? $"Check with 'git ls-remote {remote}', then run the same command again.")
                + " Nothing was recorded. With --no-push the ledger stays on this machine."
        );

    ReleaseException Refused(ProgramResult result) =>
        new(
            $"The remote '{remote}' refuses the ledger; nothing was recorded.",
            RemoteTroubles.Said(result),
            RemoteTroubles.Of(result).Advice(remote)
                ?? $"Let the releaser push to {name} (exempt it from branch protection and hooks), or name another ref in the strategy (ledger:)."
        );
}
