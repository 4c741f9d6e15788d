using System.Text;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Notifications;

/// <summary>News as plain lines; every channel escapes them in its own way.</summary>
static class NewsText
{
    const int MostSubjects = 50;

    /// <summary>The facts under the headline, each a line.</summary>
    public static IEnumerable<string> Facts(ReleaseNews news)
    {
        if (news.Reason is { } reason)
        {
            yield return PlainText.Line(reason);
        }

        if (news.Previous is { } previous && news.Moment != Moment.RolledBack)
        {
            yield return PlainText.Line($"The version before is {previous}.");
        }

        if (news.Url is { } url)
        {
            yield return PlainText.Line(url.AbsoluteUri);
        }

        if (news.Next is { } next)
        {
            yield return PlainText.Line($"Next: {next}");
        }
    }

    /// <summary>The commits, bounded.</summary>
    public static IEnumerable<string> Subjects(ReleaseNews news)
    {
        var more = news.Subjects.Count - MostSubjects;
        var shown = news.Subjects.Take(MostSubjects).Select(subject => Short(PlainText.Line(subject), 200));
        return more > 0 ? shown.Append($"and {more} more") : shown;
    }

    /// <summary>All of it, for a letter.</summary>
    public static string Letter(ReleaseNews news)
    {
        var text = new StringBuilder();
        text.Append(PlainText.Line(news.Headline)).Append(".\n\n");
        foreach (var fact in Facts(news))
        {
            text.Append(fact).Append('\n');
        }

        text.Append('\n');
        foreach (var line in Short(news.Notes, 100_000).ReplaceLineEndings("\n").Split('\n'))
        {
            text.Append(PlainText.Line(line)).Append('\n');
        }

        return text.ToString().TrimEnd() + "\n";
    }

    public static string Short(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // Half of a surrogate pair is no text.
        return text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";
    }
}
