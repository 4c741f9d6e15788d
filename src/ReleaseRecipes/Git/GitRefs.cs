namespace ReleaseRecipes.Git;

/// <summary>Where HEAD stands and which tags there are.</summary>
/// <param name="Head">The full hash of HEAD's commit; null where the branch has no commit yet.</param>
/// <param name="Tags">Every tag.</param>
public sealed record GitRefs(string? Head, IReadOnlyList<GitTag> Tags)
{
    const string TagFolder = "refs/tags/";
    const string Peeled = "^{}";

    /// <summary>Reads HEAD and all tags by one git process, without opening a single object.</summary>
    public static async Task<GitRefs> ReadAsync(GitRepository git, CancellationToken cancel = default)
    {
        // show-ref takes the ends of annotated tags from packed-refs, where for-each-ref opens every tag object.
        string[] call = ["show-ref", "--head", "--tags", "--dereference"];
        var result = await git.TryAsync(call, cancel: cancel);
        if (result.ExitCode > 1 || (result.ExitCode == 1 && result.Error.Length > 0))
        {
            throw GitRepository.Failed(call, result);
        }

        return Parse(result.Output);
    }

    internal static GitRefs Parse(string output)
    {
        string? head = null;
        var ends = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in output.AsSpan().EnumerateLines())
        {
            var space = line.IndexOf(' ');
            if (space < 0)
            {
                continue;
            }

            var hash = line[..space];
            var name = line[(space + 1)..];
            if (name is "HEAD")
            {
                head = hash.ToString();
            }
            else if (name.StartsWith(TagFolder, StringComparison.Ordinal))
            {
                name = name[TagFolder.Length..];
                ends[(name.EndsWith(Peeled, StringComparison.Ordinal) ? name[..^Peeled.Length] : name).ToString()] = hash.ToString();
            }
        }

        return new GitRefs(head, [.. ends.Select(end => new GitTag(end.Key, end.Value))]);
    }
}
