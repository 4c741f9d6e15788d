using System.Diagnostics;
using System.Globalization;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Local.Processes;

/// <summary>Ends a process together with what it started.</summary>
static class ProcessGroup
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(15);

    /// <summary>Asks all of them to end, and ends those that have not after the patience.</summary>
    public static async Task EndAsync(ProcessIdentity leader, TimeSpan patience)
    {
        if (OperatingSystem.IsWindows())
        {
            EndTree(leader);
            return;
        }

        if (!leader.IsAlive && !HasMembers(leader.Id))
        {
            return;
        }

        Unix.Signal(-leader.Id, Unix.Terminate);
        var until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (Environment.TickCount64 < until && (leader.IsAlive || HasMembers(leader.Id)))
        {
            await Task.Delay(Look);
        }

        Unix.Signal(-leader.Id, Unix.Kill);
        // Gone means gone: its port and its files are free when this returns.
        for (var looks = 0; looks < 200 && leader.IsAlive; looks++)
        {
            await Task.Delay(Look);
        }
    }

    /// <summary>Whether anything but zombies is left in the group.</summary>
    static bool HasMembers(int group)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Unix.Signal(-group, 0);
        }

        if (!Unix.Signal(-group, 0))
        {
            return false;
        }

        var wanted = group.ToString(CultureInfo.InvariantCulture);
        return Directory
            .EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => char.IsAsciiDigit(name![0]))
            .Any(name => StatOf(name!) is { } stat && stat[0] is not ("Z" or "X") && stat[2] == wanted);
    }

    static string[]? StatOf(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static void EndTree(ProcessIdentity leader)
    {
        try
        {
            using var process = Process.GetProcessById(leader.Id);
            if (leader.IsAlive)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit(5000);
            }
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
