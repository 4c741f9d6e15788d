using System.Text;

namespace ReleaseRecipes.Versioning.Files;

/// <summary>A file inside the repository, as text that turns back into exactly its bytes.</summary>
/// <param name="Name">Its path relative to the root.</param>
/// <param name="Path">Its full path, links resolved.</param>
/// <param name="Text">Its content, without a byte order mark.</param>
/// <param name="Encoding">What turns the text back into its bytes.</param>
sealed record SourceFile(string Name, string Path, string Text, Encoding Encoding)
{
    // A byte order mark of UTF-8 as Latin 1 shows it, and that of UTF-16.
    static readonly string[] Marks = ["\u00EF\u00BB\u00BF", "\uFEFF"];

    /// <summary>The byte order mark that the file begins with; empty where there is none.</summary>
    public string Mark { get; init; } = "";

    /// <summary>Whether it is a lock file that only repeats another file's version.</summary>
    public bool IsLock { get; init; }

    /// <summary>Whether the file is there.</summary>
    public static bool Exists(string root, string name) => File.Exists(System.IO.Path.Combine(root, name));

    /// <summary>Reads a file.</summary>
    /// <exception cref="ReleaseException">It is not there, or not inside the root.</exception>
    public static Task<SourceFile> ReadAsync(string root, string name, CancellationToken cancel)
    {
        var path = InsidePath.Of(root, name);
        if (!File.Exists(path))
        {
            throw new ReleaseException(
                $"{name} is not there.",
                "versioning.files",
                "Correct the path, which is relative to the repository's root.",
                ExitCodes.WrongInput
            );
        }

        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(Of(name, path, File.ReadAllBytes(path)));
    }

    /// <summary>The file that some bytes are.</summary>
    public static SourceFile Of(string name, string path, byte[] bytes)
    {
        var encoding = EncodingOf(bytes);
        var text = encoding.GetString(bytes);
        var mark = Marks.FirstOrDefault(mark => text.StartsWith(mark, StringComparison.Ordinal)) ?? "";
        return new SourceFile(name, path, text[mark.Length..], encoding) { Mark = mark };
    }

    /// <summary>Text that is to be put into the file, as its own text shows it.</summary>
    public string Shown(string text) => Encoding == Encoding.Latin1 ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)) : text;

    /// <summary>Replaces the content in one step: a reader, or a run after a kill, sees the old or the new, never a part.</summary>
    public Task ReplaceAsync(string text)
    {
        var temporary = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(Encoding.GetBytes(Mark + text));
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(Path));
            }

            File.Move(temporary, Path, overwrite: true);
            return Task.CompletedTask;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // Latin 1 maps every byte to one character and back. Versions are ASCII, so any encoding that holds ASCII survives unread.
    static Encoding EncodingOf(byte[] bytes) =>
        bytes switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => Encoding.Latin1,
        };
}
