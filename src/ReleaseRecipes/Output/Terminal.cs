namespace ReleaseRecipes.Output;

/// <summary>
/// Where a release speaks to its reader: calm lines, coloured on a terminal only, secrets masked, nothing from outside taken
/// for an escape sequence or a CI command.
/// </summary>
/// <param name="writer">Standard output, or standard error where standard output carries JSON.</param>
/// <param name="secrets">What must not be shown.</param>
/// <param name="interactive">Whether a person watches: colours and a line of progress that is rewritten in place.</param>
public sealed class Terminal(TextWriter writer, Secrets secrets, bool interactive = false)
{
    readonly Lock turn = new();
    bool progressShown;

    /// <summary>Whether a person watches.</summary>
    public bool Interactive => interactive;

    /// <summary>Prints one line.</summary>
    public void Line(string text = "", Tone tone = Tone.Plain)
    {
        var safe = PlainText.Line(secrets.Mask(text));
        lock (turn)
        {
            ClearProgress();
            writer.WriteLine(interactive && Code(tone) is { } code ? $"\e[{code}m{safe}\e[0m" : safe);
            writer.Flush();
        }
    }

    /// <summary>Prints an empty line and a heading.</summary>
    public void Heading(string text)
    {
        Line();
        Line(text, Tone.Strong);
    }

    /// <summary>Prints a name and its value, aligned with the others.</summary>
    public void Fact(string name, string value, Tone tone = Tone.Plain) => Line($"  {name, -14} {value}", tone);

    /// <summary>Prints the command to type next.</summary>
    public void Next(string why, string command)
    {
        Line();
        Line($"{why}:");
        Line($"  {command}", Tone.Strong);
    }

    /// <summary>Shows what is going on right now: rewritten in place for a person, not shown elsewhere.</summary>
    public void Progress(string text)
    {
        if (!interactive)
        {
            return;
        }

        var safe = PlainText.Line(secrets.Mask(text));
        lock (turn)
        {
            ClearProgress();
            writer.Write($"\e[2m{(safe.Length > 100 ? safe[..100] : safe)}\e[0m");
            writer.Flush();
            progressShown = true;
        }
    }

    void ClearProgress()
    {
        if (progressShown)
        {
            writer.Write("\r\e[2K");
            progressShown = false;
        }
    }

    static string? Code(Tone tone) =>
        tone switch
        {
            Tone.Quiet => "2",
            Tone.Strong => "1",
            Tone.Good => "32",
            Tone.Warning => "33",
            Tone.Bad => "31",
            _ => null,
        };
}
