using System.Text;
using System.Text.RegularExpressions;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Support;

/// <summary>Everything that a release left behind, as text without its times and process numbers, so that two ends can be compared.</summary>
public static partial class EndState
{
    /// <summary>What everybody sees: refs and files at the remote, the ledger and its audit, what was deployed.</summary>
    public static async Task<string> SharedAsync(CommandProject project, string clone)
    {
        var text = new StringBuilder();
        text.AppendLine(CommandProject.Git(project.Remote, "for-each-ref", "--format=%(refname)", "refs/"));
        text.AppendLine(
            CommandProject.Git(project.Remote, "for-each-ref", "--format=%(refname) %(objectname) %(*objectname)", "refs/heads/main")
        );
        text.AppendLine(CommandProject.Git(project.Remote, "for-each-ref", "--format=%(refname) %(*objectname)", "refs/tags"));
        foreach (var file in Directory.GetFiles(project.World).Order(StringComparer.Ordinal))
        {
            text.AppendLine($"{Path.GetFileName(file)}: {string.Join(' ', await File.ReadAllLinesAsync(file))}");
        }

        var git = await GitRepository.OpenAsync(clone);
        var report = await new LedgerAudit(git, new LedgerSettings(), remote: "origin").VerifyAsync();
        text.AppendLine($"audit: {string.Join("; ", report.Problems)}");
        using var store = new GitLedgerStore(git, new LedgerSettings(), "origin");
        using var ledger = new ReleaseLedger(store, TimeProvider.System, "Ada", Secrets.None);
        await ledger.FetchAsync();
        var state = (await ledger.HeadAsync()).State;
        text.AppendLine($"newest: {state.Newest}, held: {state.Lease}");
        foreach (var place in state.Environments.Values.OrderBy(place => place.Name, StringComparer.Ordinal))
        {
            text.AppendLine(
                $"{place.Name}: {place.Verified} {place.State} {place.Candidate} {string.Join(' ', place.Weights)} held: {place.Lease}"
            );
        }

        var facts = (await ledger.ReadAllAsync())
            .Where(fact => fact.Kind is EventKinds.Released or EventKinds.Verified or EventKinds.Planned or EventKinds.Failed)
            .Select(fact => $"{fact.Release} {fact.Kind} {fact.Data["environment"]}");
        text.AppendLine(string.Join('\n', facts));
        return text.ToString();
    }

    /// <summary>What is in the clone that the release was made in.</summary>
    public static string Local(string clone)
    {
        var text = new StringBuilder();
        text.AppendLine(CommandProject.Git(clone, "for-each-ref", "--format=%(refname) %(*objectname)"));
        text.AppendLine(CommandProject.Git(clone, "rev-parse", "HEAD"));
        text.AppendLine(CommandProject.Git(clone, "status", "--porcelain"));
        foreach (var folder in new[] { "releases", "dist", ".git/release-recipes/packages" })
        {
            var top = Path.Combine(clone, folder);
            var files = Directory.Exists(top) ? Directory.GetFiles(top, "*", SearchOption.AllDirectories) : [];
            foreach (var file in files.Order(StringComparer.Ordinal))
            {
                text.AppendLine($"--- {Path.GetRelativePath(clone, file)}").AppendLine(Plain(File.ReadAllText(file)));
            }
        }

        text.AppendLine(string.Join('\n', Directory.GetFiles(Path.Combine(clone, ".git"), "*.lock", SearchOption.AllDirectories)));
        return text.ToString();
    }

    static string Plain(string text) => Changing().Replace(text, "…");

    [GeneratedRegex(
        """\d{4}-\d\d-\d\d[T ][0-9:.]+Z?|"duration": [^,\n]+|"plan": "[0-9a-f]+"|"fingerprint": "[0-9a-f]+"|"log": [^\n]+|(?<=\| )\d[0-9a-z. ]*(?= \|\n)"""
    )]
    private static partial Regex Changing();
}
