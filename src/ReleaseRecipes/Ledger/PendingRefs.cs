using System.Globalization;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Git;

namespace ReleaseRecipes.Ledger;

/// <summary>Refs that keep the commit of an append until the remote has it; each is an append's own.</summary>
static class PendingRefs
{
    const string Folder = "refs/release-recipes/pending/";
    static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    public static string New() =>
        $"{Folder}{LeaseOwner.Mark}-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}";

    /// <summary>Deletes what appends left behind that were killed; one that is under way elsewhere is younger by far.</summary>
    public static async Task SweepAsync(GitRepository git, DateTimeOffset now, CancellationToken cancel)
    {
        var listed = await git.TryAsync(["for-each-ref", "--format=%(committerdate:unix) %(refname)", Folder], cancel: cancel);
        foreach (var line in listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (made, name) = (
                line[..line.IndexOf(' ', StringComparison.Ordinal)],
                line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]
            );
            var old = !long.TryParse(made, out var seconds) || DateTimeOffset.FromUnixTimeSeconds(seconds) < now - Forgotten;
            if (old || IsOrphan(name[Folder.Length..].Split('-')))
            {
                await LocalRefs.DeleteAsync(git, name);
            }
        }
    }

    static bool IsOrphan(string[] parts) =>
        parts is [var mark, var process, _]
        && mark == LeaseOwner.Mark
        && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && ProcessIdentity.Of(id) is null;
}
