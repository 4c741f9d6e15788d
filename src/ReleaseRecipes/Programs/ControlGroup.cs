namespace ReleaseRecipes.Programs;

/// <summary>
/// A control group of Linux (version 2) around a command: whatever is started inside stays inside, however it hides, and is
/// ended at once. There is one only where the system lets this process make it, as in most containers; elsewhere the mark in
/// the environment has to do.
/// </summary>
/// <param name="folder">Its folder in the system's tree.</param>
sealed class ControlGroup(string folder) : IDisposable
{
    const string Prefix = "release-recipes-";

    static readonly string? Own = FindOwn();

    /// <summary>The file that takes the number of a process that is to go inside.</summary>
    public string Entry => Path.Combine(folder, "cgroup.procs");

    /// <summary>Makes one; null where the system does not let it be made.</summary>
    public static ControlGroup? Of(ProcessMarker marker) =>
        Own is { } own && Try(() => Directory.CreateDirectory(Path.Combine(own, Prefix + marker.Id)))
            ? new ControlGroup(Path.Combine(own, Prefix + marker.Id))
            : null;

    /// <summary>Ends what is inside of groups whose own release process was killed in a folder.</summary>
    public static void EndOrphans(string workedIn)
    {
        if (Own is null)
        {
            return;
        }

        IReadOnlyList<string> found = [];
        Try(() => found = Directory.GetDirectories(Own, Prefix + "*"));
        foreach (var left in found)
        {
            if (new ProcessMarker(Path.GetFileName(left)[Prefix.Length..]).IsLeftFrom(workedIn))
            {
                using var group = new ControlGroup(left);
                group.Kill();
            }
        }
    }

    /// <summary>The numbers of the processes inside.</summary>
    public IReadOnlyList<int> Members()
    {
        var members = new List<int>();
        Try(() =>
            members.AddRange(
                Folders()
                    .SelectMany(one => File.ReadLines(Path.Combine(one, "cgroup.procs")))
                    .Select(int.Parse)
                    .Where(process => process > 0)
            )
        );
        return members;
    }

    /// <summary>Ends everything inside at once, however fast it multiplies, where the system is new enough (Linux 5.14).</summary>
    public void Kill() => Try(() => File.WriteAllText(Path.Combine(folder, "cgroup.kill"), "1"));

    /// <summary>Takes the group away, unless something inside was meant to stay.</summary>
    public void Dispose()
    {
        IReadOnlyList<string> found = [];
        Try(() => found = [.. Folders().Reverse()]);
        foreach (var one in found)
        {
            Try(() => Directory.Delete(one));
        }
    }

    /// <summary>The group and those that commands inside made, from the outermost in.</summary>
    IEnumerable<string> Folders() =>
        Directory.Exists(folder) ? [folder, .. Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)] : [];

    static string? FindOwn()
    {
        string? own = null;
        Try(() =>
        {
            var mount = File.ReadLines("/proc/self/mounts")
                .Select(line => line.Split(' '))
                .FirstOrDefault(parts => parts is [_, _, "cgroup2", ..]);
            var path = File.ReadLines("/proc/self/cgroup").FirstOrDefault(line => line.StartsWith("0::/", StringComparison.Ordinal));
            own = mount is null || path is null ? null : Path.Combine(mount[1], path["0::/".Length..]);
        });
        return own is not null && Directory.Exists(own) ? own : null;
    }

    // A group is help, never a condition.
    static bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }
}
