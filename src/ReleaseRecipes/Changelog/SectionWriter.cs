using System.Text;

namespace ReleaseRecipes.Changelog;

/// <summary>Writes the sections of a whole changelog to a stream.</summary>
sealed class SectionWriter(Stream output, WholeHistory history, INotesStyle style) : IDisposable
{
    readonly BufferedStream buffer = new(output, 1 << 16);

    /// <summary>Writes the file's title.</summary>
    public void Title() => Write("# Changelog\n");

    /// <summary>Writes one version; what is unreleased only where there is something.</summary>
    public void Section(string version, string? link, DateOnly? date, ReadOnlySpan<WholeHistory.Item> items)
    {
        var group = -1;
        foreach (var item in items)
        {
            if (group < 0)
            {
                Write($"\n## {style.Heading(version, link, date)}\n");
            }

            if (item.Group != group)
            {
                group = item.Group;
                Write($"\n### {(group == 0 ? style.Breaking : style.Groups[group - 1])}\n\n");
            }

            buffer.Write("- "u8);
            buffer.Write(history.LineOf(item));
            buffer.WriteByte((byte)'\n');
        }

        if (group < 0 && date is not null)
        {
            Write($"\n## {style.Heading(version, link, date)}\n\nNo changes of its own.\n");
        }
    }

    // The stream itself belongs to the caller.
    public void Dispose() => buffer.Flush();

    void Write(string text) => buffer.Write(Encoding.UTF8.GetBytes(text));
}
