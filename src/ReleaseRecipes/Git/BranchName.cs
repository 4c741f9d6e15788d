namespace ReleaseRecipes.Git;

/// <summary>Finds the branch that is released. Its name is data: it is compared and printed, never run.</summary>
static class BranchName
{
    const string Heads = "refs/heads/";
    const string Symbolic = "ref: ";

    // What CI servers that check out a commit instead of a branch tell of it. Pull requests first: their own branch counts.
    static readonly string[] Variables =
    [
        "GITHUB_HEAD_REF",
        "GITHUB_REF",
        "CI_COMMIT_BRANCH",
        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
        "SYSTEM_PULLREQUEST_SOURCEBRANCH",
        "BUILD_SOURCEBRANCH",
        "BITBUCKET_BRANCH",
        "CIRCLE_BRANCH",
        "TRAVIS_PULL_REQUEST_BRANCH",
        "TRAVIS_BRANCH",
        "APPVEYOR_REPO_BRANCH",
        "BUILDKITE_BRANCH",
        "DRONE_BRANCH",
        "CHANGE_BRANCH",
        "BRANCH_NAME",
    ];

    /// <summary>The branch: as asked for, as HEAD says, or as the CI server says; null where nobody knows.</summary>
    public static async Task<string?> OfAsync(
        GitRepository git,
        string? requested,
        Func<string, string?> environment,
        CancellationToken cancel
    )
    {
        if (!string.IsNullOrEmpty(requested))
        {
            return Short(requested);
        }

        return InFile(git.HeadFile, out var branch)
            ? branch ?? OfServer(environment)
            : await OfGitAsync(git, cancel) ?? OfServer(environment);
    }

    // Reading it saves a process. False: HEAD is kept in another way, a symbolic link or a table of refs, and git has to be asked.
    static bool InFile(string file, out string? branch)
    {
        branch = null;
        var text = new FileInfo(file) is { Exists: true, LinkTarget: null } ? File.ReadAllText(file).TrimEnd() : "";
        if (text.StartsWith(Symbolic + Heads, StringComparison.Ordinal) && text != Symbolic + Heads + ".invalid")
        {
            branch = text[(Symbolic.Length + Heads.Length)..];
        }

        return branch is not null || (text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit));
    }

    static async Task<string?> OfGitAsync(GitRepository git, CancellationToken cancel)
    {
        var head = await git.TryAsync(["symbolic-ref", "--quiet", "HEAD"], cancel: cancel);
        return head.Succeeded ? Short(head.Output.TrimEnd('\n')) : null;
    }

    static string? OfServer(Func<string, string?> environment) =>
        Variables.Select(environment).Where(IsBranch).Select(name => Short(name!)).FirstOrDefault();

    static bool IsBranch(string? name) =>
        !string.IsNullOrEmpty(name)
        && !name.StartsWith("refs/tags/", StringComparison.Ordinal)
        && !name.StartsWith("refs/pull/", StringComparison.Ordinal);

    static string Short(string name) => name.StartsWith(Heads, StringComparison.Ordinal) ? name[Heads.Length..] : name;
}
