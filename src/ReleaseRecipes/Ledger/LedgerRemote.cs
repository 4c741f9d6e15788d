using System.Globalization;
using ReleaseRecipes.Git;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Ledger;

/// <summary>The ledger's ref at a remote. A broken connection is never taken for a refusal: what happened is looked up.</summary>
sealed class LedgerRemote(GitRepository git, string remote, string name)
{
    const int Attempts = 5;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The remote's name.</summary>
    public string Name => remote;

    /// <summary>Where this repository notes what it last saw there; a remote whose ledger does not contain it was rewritten.</summary>
    public string Seen => $"refs/release-recipes/ledger/{remote}";

    /// <summary>What the remote had when it was last asked; null: no ledger.</summary>
    public string? Tip { get; private set; }

    /// <summary>A ref of this append's own.</summary>
    public static string PendingRef() =>
        $"refs/release-recipes/pending/{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}";

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

            if (attempt == Attempts || listed.TimedOut || IsHopeless(listed))
            {
                throw Unreachable(listed);
            }

            await BackOffAsync(attempt, cancel);
        }
    }

    /// <summary>Brings a commit of the remote's ledger here.</summary>
    public async Task FetchAsync(CancellationToken cancel)
    {
        string[] fetch = ["-c", "core.hooksPath=/dev/null", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", remote, name];
        for (var attempt = 1; ; attempt++)
        {
            var result = await git.TryAsync(fetch, timeout: 5 * Patience, cancel: cancel);
            if (result.Succeeded)
            {
                return;
            }

            if (attempt == Attempts)
            {
                throw Unreachable(result);
            }

            await BackOffAsync(attempt, cancel);
        }
    }

    /// <summary>Makes a commit the remote's ledger, if that still ends where it was seen last. False: another releaser was first.</summary>
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
                return await SeenAsync(commit, cancel);
            }

            if (tip != expected)
            {
                return tip is not null && await IsInAsync(tip, commit, cancel) && await SeenAsync(tip, cancel);
            }

            if (attempt == Attempts || IsRefusal(result))
            {
                throw Refused(result);
            }

            await BackOffAsync(attempt, cancel);
        }
    }

    /// <summary>Notes what the remote has.</summary>
    public async Task<bool> SeenAsync(string tip, CancellationToken cancel)
    {
        Tip = tip;
        await LocalRefs.AdvanceAsync(git, Seen, tip, cancel);
        return true;
    }

    async Task<bool> IsInAsync(string tip, string commit, CancellationToken cancel)
    {
        await FetchAsync(cancel);
        return await LocalRefs.ContainsAsync(git, tip, commit, cancel);
    }

    static Task BackOffAsync(int attempt, CancellationToken cancel) => Task.Delay(Random.Shared.Next(50, 150) << attempt, cancel);

    static bool IsRefusal(ProgramResult result) =>
        Says(result, "hook declined")
        || Says(result, "protected")
        || Says(result, "prohibited")
        || Says(result, "denied")
        || IsHopeless(result);

    static bool IsHopeless(ProgramResult result) =>
        Says(result, "does not appear to be a git repository")
        || Says(result, "Authentication failed")
        || Says(result, "could not read Username");

    static bool Says(ProgramResult result, string what) =>
        result.Output.Contains(what, StringComparison.OrdinalIgnoreCase) || result.Error.Contains(what, StringComparison.OrdinalIgnoreCase);

    ReleaseException Unreachable(ProgramResult result) =>
        new(
            $"The ledger at the remote '{remote}' cannot be reached.",
            result.TimedOut ? $"No answer within {Patience.TotalMinutes:0} min." : Last(result),
            $"Nothing was recorded. Check with 'git ls-remote {remote}', then run the same command again; with --no-push the ledger stays on this machine."
        );

    ReleaseException Refused(ProgramResult result) =>
        new(
            $"The remote '{remote}' refuses the ledger; nothing was recorded.",
            Last(result),
            $"Let the releaser push to {name} (exempt it from branch protection and hooks), or name another ref in the strategy (ledger:)."
        );

    static string Last(ProgramResult result) =>
        string.Join('\n', (result.Output + result.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(6));
}
