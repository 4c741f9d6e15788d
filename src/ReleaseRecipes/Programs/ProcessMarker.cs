using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ReleaseRecipes.Programs;

/// <summary>
/// A mark in the environment of a command, inherited by everything it starts: by it those are found that left its process
/// group. It tells who started the command and where, so that a later run finds what a killed one left behind.
/// </summary>
/// <param name="Id">Folder, process and number of the command.</param>
sealed record ProcessMarker(string Id)
{
    public const string Variable = "RELEASE_RECIPES_COMMAND";
    static int count;

    /// <summary>The value to set: a command inside a command carries both marks.</summary>
    public string Value => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } outer ? $"{outer};{Id}" : Id;

    public static ProcessMarker New(string folder)
    {
        using var self = Process.GetCurrentProcess();
        return new ProcessMarker(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{FolderMark(folder)}-{self.Id}-{self.StartTime.Ticks}-{Interlocked.Increment(ref count)}"
            )
        );
    }

    /// <summary>Whether the process that set the mark was working in the folder and is no more.</summary>
    public bool IsLeftFrom(string folder)
    {
        var parts = Id.Split('-');
        return parts.Length == 4
            && parts[0] == FolderMark(folder)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var owner)
            && !IsRunning(owner, parts[2]);
    }

    static bool IsRunning(int id, string startTicks)
    {
        try
        {
            using var owner = Process.GetProcessById(id);
            // The start time is computed from the boot time and may differ by a tick or so from one reader to the other.
            return long.TryParse(startTicks, CultureInfo.InvariantCulture, out var ticks)
                && Math.Abs(owner.StartTime.Ticks - ticks) < TimeSpan.TicksPerSecond * 5;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    static string FolderMark(string folder) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))))[
            ..16
        ];
}
