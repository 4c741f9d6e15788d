using System.Globalization;

namespace ReleaseRecipes.Local.Processes;

/// <summary>Lets go of everything that ties this process to the one that started it. Its standard streams were files from the start.</summary>
static class Detachment
{
    /// <summary>
    /// Leaves the session and closes what was inherited by accident: a caller's pipe would never end and a caller's lock never be free
    /// while this process holds them.
    /// </summary>
    public static void Leave(ListeningHandle? keep)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Unix.OwnSession();
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        foreach (var name in Directory.GetFileSystemEntries("/proc/self/fd").Select(Path.GetFileName))
        {
            if (
                int.TryParse(name, CultureInfo.InvariantCulture, out var descriptor)
                && descriptor > 2
                && descriptor != keep?.Number
                && Unix.IsInherited(descriptor)
            )
            {
                Unix.Close(descriptor);
            }
        }
    }
}
