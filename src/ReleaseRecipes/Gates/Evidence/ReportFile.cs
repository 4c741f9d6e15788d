using System.Security.Cryptography;
using System.Text;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>A report that a gate's command wrote, read once: what is hashed is what is parsed.</summary>
/// <param name="Name">Its path as the reader knows it, relative to the root where it lies under it.</param>
/// <param name="Bytes">All of it.</param>
sealed record ReportFile(string Name, byte[] Bytes)
{
    /// <summary>No report of a real project comes near it; one that does is refused rather than swallowed.</summary>
    const int LargestMegabytes = 128;

    /// <summary>SHA-256 over the bytes, as lower-case hex.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <summary>Reads a file.</summary>
    /// <exception cref="BrokenReportException">It is too large or cannot be read.</exception>
    public static ReportFile Open(string path, string name)
    {
        try
        {
            // A pipe and a device have no length either, and opening one may never end.
            if ((File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)) is FileInfo { Length: 0 })
            {
                return new ReportFile(name, []);
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > LargestMegabytes * 1024L * 1024)
            {
                throw new BrokenReportException(
                    name,
                    $"it has {stream.Length / 1024 / 1024} MB, more than the {LargestMegabytes} MB that are read"
                );
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new ReportFile(name, bytes);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new BrokenReportException(name, problem.Message, problem);
        }
    }

    /// <summary>The text, as UTF-8 or what its byte order mark says.</summary>
    public StreamReader Text() => new(new MemoryStream(Bytes, writable: false), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);

    /// <summary>The bytes in UTF-8; PowerShell on Windows writes its output in UTF-16.</summary>
    public byte[] Utf8()
    {
        if (Bytes is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]))
        {
            return Bytes;
        }

        using var text = Text();
        return Encoding.UTF8.GetBytes(text.ReadToEnd());
    }

    /// <summary>The first character that is no white space; NUL where there is none.</summary>
    public char FirstCharacter()
    {
        using var text = Text();
        int next;
        do
        {
            next = text.Read();
        } while (next >= 0 && char.IsWhiteSpace((char)next));

        return next < 0 ? '\0' : (char)next;
    }
}
