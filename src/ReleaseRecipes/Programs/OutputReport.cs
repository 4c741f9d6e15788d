using System.Text;

namespace ReleaseRecipes.Programs;

/// <summary>
/// The standard output of a command that is its report: kept in a file as it is, and shown in the log line by line as a
/// person reads it. The file stops growing where no reader would take it any more.
/// </summary>
/// <param name="path">The file; an older one is replaced.</param>
/// <param name="shown">What the log says for a line, its end included; the line itself where null.</param>
/// <param name="log">The log.</param>
sealed class OutputReport(string path, Func<string, string>? shown, OutputLog log) : IDisposable
{
    /// <summary>More than any report is read with, so that a flood is refused and not taken for the whole.</summary>
    const long LargestFile = 200L * 1024 * 1024;
    const int LongestLine = 1024 * 1024;

    readonly Lock turn = new();
    readonly FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    readonly List<byte> unfinished = [];
    bool closed;

    /// <summary>Takes bytes as they come from the command.</summary>
    public void Write(ReadOnlySpan<byte> output)
    {
        lock (turn)
        {
            if (closed)
            {
                return;
            }

            if (file.Length < LargestFile)
            {
                file.Write(output);
                file.Flush();
            }

            if (shown is null)
            {
                log.Write(output);
                return;
            }

            unfinished.AddRange(output);
            var end = unfinished.LastIndexOf((byte)'\n') + 1;
            Show(end > 0 || unfinished.Count < LongestLine ? end : unfinished.Count);
        }
    }

    /// <summary>Shows what is left and closes the file.</summary>
    public void Dispose()
    {
        lock (turn)
        {
            Show(unfinished.Count);
            closed = true;
            file.Dispose();
        }
    }

    void Show(int count)
    {
        if (count == 0 || shown is null)
        {
            return;
        }

        var lines = Encoding.UTF8.GetString(unfinished.Slice(0, count).ToArray()).Split('\n');
        unfinished.RemoveRange(0, count);
        // The last piece is what follows the last line end: nothing, but for the end of the output.
        log.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Where((line, at) => at < lines.Length - 1 || line.Length > 0).Select(shown))));
    }
}
