using System.Text;
using ReleaseRecipes.Git;

namespace ReleaseRecipes.Components;

/// <summary>Which files commits changed, read by one git process however many commits there are.</summary>
/// <param name="ByCommit">Full hash to the files, on both sides of a move; a merge's are what it brought to its first parent.</param>
/// <param name="Moves">Files that were moved without a change, from and to.</param>
sealed record ChangedFiles(IReadOnlyDictionary<string, IReadOnlyList<string>> ByCommit, IReadOnlyList<(string From, string To)> Moves)
{
    /// <summary>Reads the files of some commits. Needs their trees and no file's content, so that a blobless clone answers from what it has.</summary>
    public static async Task<ChangedFiles> ReadAsync(GitRepository git, IReadOnlyList<GitCommit> commits, CancellationToken cancel)
    {
        if (commits.Count == 0)
        {
            return new ChangedFiles(new Dictionary<string, IReadOnlyList<string>>(), []);
        }

        var input = new StringBuilder();
        foreach (var commit in commits)
        {
            input.Append(commit.Hash).Append(' ').Append(commit.Parents.Count > 0 ? commit.Parents[0] : "").Append('\n');
        }

        string[] call = ["diff-tree", "--stdin", "-z", "-r", "--root", "--find-renames=100%", "--name-status"];
        var result = await git.TryAsync(call, input.ToString(), cancel: cancel);
        return result.Succeeded
            ? Parse(result.Output)
            : throw new ReleaseException(
                "Which files the commits changed cannot be read.",
                result.Error.Trim(),
                "In a treeless clone whose remote does not answer: git fetch --refetch --filter=blob:none"
            );
    }

    // A hash opens a commit; R100 has two paths behind it, every other status one.
    static ChangedFiles Parse(string output)
    {
        var files = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var moves = new List<(string, string)>();
        var fields = output.Split('\0');
        List<string> of = [];
        for (var at = 0; at < fields.Length - 1; at++)
        {
            var field = fields[at];
            if (field.Length >= 40)
            {
                files[field] = of = [];
            }
            else if (field[0] == 'R')
            {
                of.Add(fields[at + 1]);
                of.Add(fields[at + 2]);
                moves.Add((fields[at + 1], fields[at + 2]));
                at += 2;
            }
            else
            {
                of.Add(fields[++at]);
            }
        }

        return new ChangedFiles(files, moves);
    }
}
