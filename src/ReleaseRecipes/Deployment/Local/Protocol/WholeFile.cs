namespace ReleaseRecipes.Deployment.Local.Protocol;

/// <summary>Files that are there whole or not at all, whenever the process is killed.</summary>
static class WholeFile
{
    /// <summary>Replaces a file; only its owner can read it.</summary>
    public static void Write(string path, string text)
    {
        var incoming = $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var stream = new FileStream(incoming, options))
            {
                stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(incoming, path, overwrite: true);
        }
        catch
        {
            File.Delete(incoming);
            throw;
        }
    }

    /// <summary>The file's text; null where it is not there.</summary>
    public static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
