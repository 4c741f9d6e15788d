using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace ReleaseRecipes.Deployment.Local.Protocol;

/// <summary>One process, told from a later one that got the same number.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Start">When it was started, in the system's own units; empty where that could not be read.</param>
sealed record ProcessIdentity(int Id, string Start)
{
    /// <summary>Tells this run of the machine from the one before, in which the same number began at the same tick.</summary>
    static readonly string Boot = OperatingSystem.IsLinux() ? BootId() : "";

    public static ProcessIdentity Current { get; } = Of(Environment.ProcessId)!;

    /// <summary>The process that has the number now; null where none is running.</summary>
    public static ProcessIdentity? Of(int id)
    {
        if (!OperatingSystem.IsLinux())
        {
            return OfHandle(id);
        }

        try
        {
            var stat = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            // The program's name stands in parentheses and may hold anything, parentheses too.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            // A zombie has ended; nobody has asked for its exit code yet.
            return fields[0] is "Z" or "X" ? null : new ProcessIdentity(id, $"{fields[19]}@{Boot}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [JsonIgnore]
    public bool IsAlive => Of(Id) == this;

    static string BootId()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id")[..8];
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    static ProcessIdentity? OfHandle(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited
                ? null
                : new ProcessIdentity(
                    id,
                    process.StartTime.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
                );
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
