using System.Globalization;
using System.Text;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes;

/// <summary>Files that are there whole or not at all, whenever the process or the machine dies.</summary>
public static class AtomicFile
{
    /// <summary>Writes the text beside the file, flushes it to the disk and puts it in the file's place.</summary>
    /// <exception cref="ReleaseException">It cannot be written: the disk is full, or the folder is read-only. The file is as it was.</exception>
    public static void Write(string path, string text)
    {
        var full = Path.GetFullPath(path);
        var beside = $"{full}.{Environment.ProcessId}.tmp";
        var content = Encoding.UTF8.GetBytes(text);
        try
        {
            // What is there as it should be need not wait for the disk.
            if (File.Exists(full) && File.ReadAllBytes(full).AsSpan().SequenceEqual(content))
            {
                return;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, full, overwrite: true);
            SweepBeside(full);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Forget(beside);
            throw new ReleaseException(
                $"{path} cannot be written: {problem.Message}",
                todo: "Make room or make the folder writable, and run the same command again.",
                inner: problem
            );
        }
    }

    /// <summary>Removes what writers of the same file left beside it when they were killed.</summary>
    static void SweepBeside(string full)
    {
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(full)!, $"{Path.GetFileName(full)}.*.tmp"))
        {
            var number = Path.GetFileName(left).AsSpan()[(Path.GetFileName(full).Length + 1)..^".tmp".Length];
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ProcessIdentity.Of(id) is null)
            {
                Forget(left);
            }
        }
    }

    static void Forget(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The write failed already, and that is what gets reported.
        }
    }
}
