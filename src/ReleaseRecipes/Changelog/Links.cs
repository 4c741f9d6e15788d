using System.Globalization;
using System.Text;

namespace ReleaseRecipes.Changelog;

/// <summary>Turns the numbers of pull requests and issues into links.</summary>
static class Links
{
    /// <summary>The line with <c>(#12)</c>, as squashing writes it, linked to the pull request and other <c>#12</c> to the issue.</summary>
    public static string In(string line, WebRemote? remote)
    {
        if (remote is null || !line.Contains('#', StringComparison.Ordinal))
        {
            return line;
        }

        var linked = new StringBuilder(line.Length + 64);
        for (var index = 0; index < line.Length; index++)
        {
            var digits = Digits(line, index);
            if (digits == 0)
            {
                linked.Append(line[index]);
                continue;
            }

            var number = long.Parse(line.AsSpan(index + 1, digits), CultureInfo.InvariantCulture);
            var isRequest = index > 0 && line[index - 1] == '(' && index + digits + 1 < line.Length && line[index + digits + 1] == ')';
            linked.Append(CultureInfo.InvariantCulture, $"[#{number}]({(isRequest ? remote.PullRequest(number) : remote.Issue(number))})");
            index += digits;
        }

        return linked.ToString();
    }

    // How many digits follow a number sign that stands for itself; 0: none.
    static int Digits(string line, int at)
    {
        if (line[at] != '#' || (at > 0 && (char.IsLetterOrDigit(line[at - 1]) || line[at - 1] is '/' or '&' or '`')))
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
