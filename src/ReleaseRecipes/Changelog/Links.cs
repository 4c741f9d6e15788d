using System.Globalization;
using System.Text;

namespace ReleaseRecipes.Changelog;

/// <summary>Turns the numbers of pull requests and issues into links.</summary>
static class Links
{
    /// <summary>
    /// The line with its numbers linked as each server writes them: on GitHub <c>(#12)</c> at squashing is the pull request, elsewhere
    /// <c>!12</c> or <c>(pull request #12)</c>, and any other <c>#12</c> is the issue.
    /// </summary>
    public static string In(string line, WebRemote? remote)
    {
        if (remote is null || line.AsSpan().IndexOfAny('#', '!') < 0)
        {
            return line;
        }

        var linked = new StringBuilder(line.Length + 64);
        for (var index = 0; index < line.Length; index++)
        {
            var digits = Digits(line, index, remote.Kind);
            if (digits == 0)
            {
                linked.Append(line[index]);
                continue;
            }

            var number = long.Parse(line.AsSpan(index + 1, digits), CultureInfo.InvariantCulture);
            var page = IsRequest(line, index, digits, remote.Kind) ? remote.PullRequest(number) : remote.Issue(number);
            linked.Append(CultureInfo.InvariantCulture, $"[{line[index]}{number}]({page})");
            index += digits;
        }

        return linked.ToString();
    }

    static bool IsRequest(string line, int at, int digits, WebRemoteKind kind) =>
        line[at] == '!'
        || kind switch
        {
            WebRemoteKind.GitHub => at > 0 && line[at - 1] == '(' && at + digits + 1 < line.Length && line[at + digits + 1] == ')',
            WebRemoteKind.Bitbucket => line.AsSpan(0, at).EndsWith("pull request "),
            _ => false,
        };

    // How many digits follow a sign that stands for itself; 0: none. The exclamation mark is one on GitLab and Azure DevOps.
    static int Digits(string line, int at, WebRemoteKind kind)
    {
        var isSign = line[at] == '#' || (line[at] == '!' && kind is WebRemoteKind.GitLab or WebRemoteKind.AzureDevOps);
        if (!isSign || (at > 0 && (char.IsLetterOrDigit(line[at - 1]) || line[at - 1] is '/' or '&' or '`')))
        {
            return 0;
        }

        var end = at + 1;
        while (end < line.Length && char.IsAsciiDigit(line[end]))
        {
            end++;
        }

        var count = end - at - 1;
        return count is > 0 and < 12 && (end == line.Length || !char.IsLetterOrDigit(line[end])) ? count : 0;
    }
}
