namespace ReleaseRecipes.Local.Supervision;

/// <summary>Keeps a log that another process writes bounded: what is in it is copied aside and the file emptied under the writer.</summary>
static class LogFile
{
    const long Limit = 5 * 1024 * 1024;

    /// <summary>Moves the end of what is in it to <c>.1</c> where it is too long. A full disk costs the old lines, never the instance.</summary>
    public static void Bound(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length <= Limit)
            {
                return;
            }

            try
            {
                using var all = Open(path, FileAccess.Read);
                all.Seek(-Limit, SeekOrigin.End);
                using var kept = File.Create(path + ".1");
                all.CopyTo(kept);
            }
            finally
            {
                using var emptied = Open(path, FileAccess.Write);
                emptied.SetLength(0);
            }
        }
        catch (IOException)
        {
            // Tried again at the next look.
        }
    }

    /// <summary>The last lines that were written.</summary>
    public static IReadOnlyList<string> Tail(string path, int lines)
    {
        try
        {
            using var file = Open(path, FileAccess.Read);
            file.Seek(Math.Max(0, file.Length - 16_384), SeekOrigin.Begin);
            using var reader = new StreamReader(file);
            return
            [
                .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines).Select(line => line.TrimEnd('\r')),
            ];
        }
        catch (IOException)
        {
            return [];
        }
    }

    static FileStream Open(string path, FileAccess access) => new(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
}
