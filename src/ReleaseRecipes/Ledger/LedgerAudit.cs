using ReleaseRecipes.Approvals;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Ledger;

/// <summary>Verifies the whole ledger against itself, the tags, its own history, what the remote has, and the approvers' signatures. Changes nothing.</summary>
/// <param name="git">The repository.</param>
/// <param name="settings">Which ref.</param>
/// <param name="rules">Who had to approve what, and whose signatures count; null: signed approvals cannot be verified, and that is a problem.</param>
/// <param name="remote">The remote to ask as well; null: only what was seen there before counts.</param>
public sealed class LedgerAudit(GitRepository git, LedgerSettings settings, RulesInTime? rules = null, string? remote = null)
{
    const int MostProblems = 200;

    /// <summary>Finds every edit, reorder, insertion, removal, cut-off tail and rewrite that anything outside the ledger can testify to.</summary>
    public async Task<AuditReport> VerifyAsync(CancellationToken cancel = default)
    {
        using var objects = new GitObjects(git);
        var signatures = new Signatures(git);
        var branch = settings.Ref["refs/".Length..].Split('/', 2)[^1];
        var tip = await git.TipAsync(settings.Ref, cancel);
        tip ??= await git.TipAsync($"refs/remotes/{remote ?? "origin"}/{branch}", cancel);
        var tags = await TagRef.ReadAllAsync(git);
        var chain = await ChainAsync(objects, tip, cancel);
        var anchors = LedgerAnchor.OfTags(tags).Concat(await OutsideAsync(objects, tip, cancel)).ToList();
        IEnumerable<string> problems =
        [
            .. chain.Problems,
            .. anchors.Select(anchor => anchor.Problem(chain.Events)).OfType<string>(),
            .. ReleaseAudit.Problems(chain.Events, tags),
            .. await SignatureAudit.ProblemsAsync(signatures, rules, chain.Events, cancel),
            .. await ApprovalAudit.ProblemsAsync(signatures, rules, chain.Events, cancel),
        ];
        var found = problems.Distinct().ToList();
        return new AuditReport(found.Count == 0, chain.Events.Count, Shortened(found)) { Record = chain.Events, Anchors = anchors.Count };
    }

    async Task<LedgerChain> ChainAsync(GitObjects objects, string? tip, CancellationToken cancel)
    {
        if (tip is null)
        {
            return new LedgerChain([], []);
        }

        var files = new List<(string, string)>();
        await foreach (var file in LedgerLines.FilesAsync(git, tip))
        {
            files.Add(file);
        }

        return LedgerChain.Of(files, (await objects.FindAsync($"{tip}:{LedgerTree.Head}", cancel))?.Text);
    }

    /// <summary>What the ledger's history, and the remote now or when it was last seen, know of its end.</summary>
    async Task<List<LedgerAnchor>> OutsideAsync(GitObjects objects, string? tip, CancellationToken cancel)
    {
        var anchors = tip is null ? [] : (await LedgerAnchor.OfHistoryAsync(git, tip)).ToList();
        foreach (var seen in await SeenAsync(cancel))
        {
            if (await LedgerAnchor.OfCommitAsync(objects, seen.Source, seen.Commit, cancel) is { } anchor)
            {
                anchors.Add(anchor);
            }
        }

        return anchors;
    }

    async Task<List<(string Source, string Commit)>> SeenAsync(CancellationToken cancel)
    {
        var branch = settings.Ref["refs/".Length..].Split('/', 2)[^1];
        var listing = await git.ReadAsync(
            "for-each-ref",
            "--format=%(refname) %(objectname)",
            "refs/release-recipes/ledger/",
            "refs/remotes/"
        );
        var seen = listing
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Where(parts =>
                parts[0].StartsWith("refs/release-recipes/", StringComparison.Ordinal)
                || parts[0].EndsWith("/" + branch, StringComparison.Ordinal)
            )
            .Select(parts =>
                (
                    $"The remote '{parts[0].Split('/')[parts[0].StartsWith("refs/remotes/", StringComparison.Ordinal) ? 2 : 3]}', when last seen,",
                    parts[1]
                )
            )
            .ToList();
        if (remote is not null)
        {
            var there = new LedgerRemote(git, remote, settings.Ref, new Backoff(TimeProvider.System));
            if (await there.LookAsync(cancel) is { } tip)
            {
                await there.FetchAsync(cancel);
                seen.Add(($"The remote '{remote}'", tip));
            }
        }

        return seen;
    }

    static IReadOnlyList<string> Shortened(List<string> problems) =>
        problems.Count <= MostProblems ? problems : [.. problems.Take(MostProblems), $"… and {problems.Count - MostProblems} more."];
}
