using System.Runtime.InteropServices;
using System.Text;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Programs;

/// <summary>
/// The log file of a command: what it printed, secrets masked. Of an output that floods, the head and the tail are kept and
/// the middle is left out; memory and disk stay bounded whatever is printed.
/// </summary>
public sealed class OutputLog : IDisposable
{
    /// <summary>Longer lines are written in pieces.</summary>
    const int Piece = 64 * 1024;

    readonly Lock turn = new();
    readonly Secrets secrets;
    readonly long headLimit;
    readonly FileStream file;
    readonly ByteRing recent;
    readonly List<byte> unfinished = [];
    long headBytes;

    /// <param name="path">Where the log is written; an older one is replaced.</param>
    /// <param name="secrets">What must not be shown.</param>
    /// <param name="headLimit">How many bytes are kept from the beginning.</param>
    /// <param name="tailLimit">How many bytes are kept from the end.</param>
    public OutputLog(string path, Secrets secrets, long headLimit = 60 * 1024 * 1024, int tailLimit = 4 * 1024 * 1024)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        Path = path;
        this.secrets = secrets;
        this.headLimit = headLimit;
        recent = new ByteRing(tailLimit);
        file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Takes bytes as they come from the command.</summary>
    public void Write(ReadOnlySpan<byte> output)
    {
        lock (turn)
        {
            recent.Append(output);
            if (headBytes >= headLimit)
            {
                return;
            }

            headBytes += output.Length;
            unfinished.AddRange(output);
            WriteFinished();
        }
    }

    /// <summary>Adds a line of our own, such as which try it is.</summary>
    public void Note(string line) => Write(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>The last lines printed, oldest first, masked.</summary>
    public IReadOnlyList<string> LastLines(int count)
    {
        byte[] bytes;
        lock (turn)
        {
            bytes = recent.Last(count * 2048L);
        }

        var lines = secrets.Mask(Encoding.UTF8.GetString(bytes)).Split('\n');
        // The first may be the end of a cut line, and with it the end of a secret.
        var whole = bytes.Length == recent.Total ? lines : lines[1..];
        return [.. whole.Select(LastState).Where(line => line.Length > 0).TakeLast(count)];
    }

    /// <summary>Writes what is left and closes the file.</summary>
    public void Dispose()
    {
        lock (turn)
        {
            if (!file.CanWrite)
            {
                return;
            }

            WriteText(unfinished.Count);
            if (recent.Total > headBytes)
            {
                WriteTail(recent.Total - headBytes);
            }

            file.Dispose();
        }
    }

    // A bar of progress rewrites its line: what stood there last is what counts.
    static string LastState(string line) => line.TrimEnd('\r').Split('\r')[^1].TrimEnd();

    void WriteFinished()
    {
        WriteText(Finished());
        while (unfinished.Count > 2 * Piece)
        {
            WriteText(SafeCut());
        }

        file.Flush();
    }

    /// <summary>How much can be written: whole lines, without those at the end that may be pieces of a broken secret.</summary>
    int Finished()
    {
        var bytes = CollectionsMarshal.AsSpan(unfinished);
        var end = bytes.LastIndexOf((byte)'\n') + 1;
        while (end > 0)
        {
            var line = bytes[..(end - 1)].LastIndexOf((byte)'\n') + 1;
            if (!LineBreaks.MayGoOn(Encoding.Latin1.GetString(bytes[line..(end - 1)]).TrimEnd('\r')))
            {
                break;
            }

            end = line;
        }

        return end;
    }

    /// <summary>Where a line without an end can be cut without cutting a secret in two.</summary>
    int SafeCut()
    {
        var bytes = unfinished.ToArray();
        var whole = secrets.Mask(Encoding.Latin1.GetString(bytes));
        for (var cut = Piece; cut < bytes.Length; cut += 61)
        {
            if (secrets.Mask(Encoding.Latin1.GetString(bytes, 0, cut)) + secrets.Mask(Encoding.Latin1.GetString(bytes[cut..])) == whole)
            {
                return cut;
            }
        }

        return bytes.Length;
    }

    void WriteText(int count)
    {
        if (count > 0)
        {
            file.Write(Encoding.UTF8.GetBytes(secrets.Mask(Encoding.UTF8.GetString(unfinished.Slice(0, count).ToArray()))));
            unfinished.RemoveRange(0, count);
        }
    }

    void WriteTail(long overflow)
    {
        var tail = recent.Last(overflow);
        var start =
            tail.Length < overflow
                ? Array.IndexOf(tail, (byte)'\n') is var end and >= 0
                    ? end + 1
                    : Math.Min(Piece, tail.Length)
                : 0;
        file.Write(Encoding.UTF8.GetBytes($"\n[{overflow - tail.Length + start} bytes of output are left out here]\n"));
        file.Write(Encoding.UTF8.GetBytes(secrets.Mask(Encoding.UTF8.GetString(tail, start, tail.Length - start))));
    }
}
