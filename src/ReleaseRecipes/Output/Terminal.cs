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
    Secrets hidden = secrets;
    int progressShown;

    /// <summary>Whether a person watches.</summary>
    public bool Interactive => interactive;

    /// <summary>Hides other secrets from here on: more than those known at the start.</summary>
    public void Hide(Secrets more) => hidden = more;

    /// <summary>Prints one line.</summary>
    public void Line(string text = "", Tone tone = Tone.Plain)
    {
        var safe = PlainText.Line(hidden.Mask(text));
        lock (turn)
        {
            ClearProgress();
            writer.WriteLine(interactive && Code(tone) is { } code ? $"\e[{code}m{safe}\e[0m" : safe);
            writer.Flush();
        }
    }

    /// <summary>Prints what a program or another part wrote, line by line; its last lines where it is long.</summary>
    /// <param name="text">All of it: a secret may be broken over its lines.</param>
    /// <param name="indent">What stands before each line.</param>
    /// <param name="tone">What it means to the reader.</param>
    /// <param name="last">How many lines at most.</param>
    public void Text(string text, string indent = "", Tone tone = Tone.Plain, int last = int.MaxValue)
    {
        foreach (var line in hidden.Mask(text.ReplaceLineEndings("\n")).Split('\n').TakeLast(last))
        {
            Line(indent + line, tone);
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
    public void Progress(string text) => Progress([text]);

    /// <summary>Shows several things that are going on right now, one a line; nothing any more where there are none.</summary>
    public void Progress(IReadOnlyList<string> lines)
    {
        if (!interactive)
        {
            return;
        }

        var width = Width();
        var safe = lines.Select(line => PlainText.Line(hidden.Mask(line))).Select(line => line.Length > width ? line[..width] : line);
        lock (turn)
        {
            ClearProgress();
            writer.Write(string.Join('\n', safe.Select(line => $"\e[2m{line}\e[0m")));
            writer.Flush();
            progressShown = lines.Count;
        }
    }

    /// <summary>Prints a line that is a command to the CI server, such as the beginning of a fold; nothing where null.</summary>
    public void Command(string? command)
    {
        if (command is not null)
        {
            lock (turn)
            {
                ClearProgress();
                writer.WriteLine(command);
            }
        }
    }

    void ClearProgress()
    {
        if (progressShown > 0)
        {
            writer.Write("\r\e[2K" + string.Concat(Enumerable.Repeat("\e[1A\e[2K", progressShown - 1)));
            progressShown = 0;
        }
    }

    // A line that wraps could not be rewritten in place.
    static int Width()
    {
        try
        {
            return Console.WindowWidth > 20 ? Math.Min(Console.WindowWidth - 1, 140) : 79;
        }
        catch (IOException)
        {
            return 79;
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
