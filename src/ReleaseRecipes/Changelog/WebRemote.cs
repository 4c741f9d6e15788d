using ReleaseRecipes.Git;

namespace ReleaseRecipes.Changelog;

/// <summary>The web pages of a remote: where commits, pull requests, issues and comparisons are looked at.</summary>
/// <param name="Url">The repository's page, without a slash at its end.</param>
/// <param name="Kind">Whose pages they are.</param>
public sealed record WebRemote(string Url, WebRemoteKind Kind)
{
    /// <summary>The page of a commit.</summary>
    public string Commit(string hash) =>
        Kind switch
        {
            WebRemoteKind.GitLab => $"{Url}/-/commit/{hash}",
            WebRemoteKind.Bitbucket => $"{Url}/commits/{hash}",
            _ => $"{Url}/commit/{hash}",
        };

    /// <summary>The page of a pull or merge request.</summary>
    public string PullRequest(long number) =>
        Kind switch
        {
            WebRemoteKind.GitLab => $"{Url}/-/merge_requests/{number}",
            WebRemoteKind.AzureDevOps => $"{Url}/pullrequest/{number}",
            WebRemoteKind.Bitbucket => $"{Url}/pull-requests/{number}",
            _ => $"{Url}/pull/{number}",
        };

    /// <summary>The page of an issue or work item.</summary>
    public string Issue(long number) =>
        Kind switch
        {
            WebRemoteKind.GitLab => $"{Url}/-/issues/{number}",
            WebRemoteKind.AzureDevOps => $"{Project}/_workitems/edit/{number}",
            _ => $"{Url}/issues/{number}",
        };

    /// <summary>The page of everything between two tags.</summary>
    public string Compare(string from, string to)
    {
        var (left, right) = (Uri.EscapeDataString(from), Uri.EscapeDataString(to));
        return Kind switch
        {
            WebRemoteKind.GitLab => $"{Url}/-/compare/{left}...{right}",
            WebRemoteKind.AzureDevOps => $"{Url}/branchCompare?baseVersion=GT{left}&targetVersion=GT{right}",
            WebRemoteKind.Bitbucket => $"{Url}/branches/compare/{right}%0D{left}",
            _ => $"{Url}/compare/{left}...{right}",
        };
    }

    string Project => Url.IndexOf("/_git/", StringComparison.Ordinal) is var at and > 0 ? Url[..at] : Url;

    /// <summary>The pages of the repository's <c>origin</c>, or of its only remote. Null: none, or one that has no pages known here.</summary>
    public static async Task<WebRemote?> FindAsync(GitRepository git, CancellationToken cancel = default)
    {
        var found = await git.TryAsync(["config", "--null", "--get-regexp", @"^remote\..*\.url$"], cancel: cancel);
        var urls = found
            .Output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('\n', 2))
            .Where(entry => entry.Length == 2)
            .ToList();
        var chosen = urls.Find(entry => entry[0] == "remote.origin.url") ?? (urls.Count == 1 ? urls[0] : null);
        return chosen is null ? null : Of(chosen[1]);
    }

    /// <summary>The pages that belong to a remote's address. Null: a path, or an address of a kind that has no pages known here.</summary>
    public static WebRemote? Of(string address)
    {
        if (WebAddress.Of(address) is not { } url)
        {
            return null;
        }

        var host = url.Host;
        WebRemoteKind? kind =
            host is "github.com" || host.StartsWith("github.", StringComparison.Ordinal) ? WebRemoteKind.GitHub
            : host is "gitlab.com" || host.StartsWith("gitlab.", StringComparison.Ordinal) ? WebRemoteKind.GitLab
            : host is "dev.azure.com" || host.EndsWith(".visualstudio.com", StringComparison.Ordinal) ? WebRemoteKind.AzureDevOps
            : host is "bitbucket.org" ? WebRemoteKind.Bitbucket
            : null;
        return kind is null ? null : new WebRemote(url.AbsoluteUri.TrimEnd('/'), kind.Value);
    }
}

/// <summary>Whose web pages a remote has.</summary>
public enum WebRemoteKind
{
    GitHub,
    GitLab,
    AzureDevOps,
    Bitbucket,
}
