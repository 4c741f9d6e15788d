using System.Text.Json;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Local.Supervision;

/// <summary>One process of an instance as it is kept on disk: written before the process is started, so that no crash leaves one behind unknown.</summary>
/// <param name="Id">The record's name.</param>
sealed record ProcessRecord(string Id, string Version, int Ordinal, int Port, VersionSpec Spec)
{
    public static string FileOf(EnvironmentFolder folder, string id) => Path.Combine(folder.Processes, id + ".json");

    /// <summary>Where the process itself writes its number and its line of /proc before it becomes the user's command.</summary>
    public static string IdentityOf(EnvironmentFolder folder, string id) => Path.Combine(folder.Processes, id + ".pid");

    public void Write(EnvironmentFolder folder) =>
        WholeFile.Write(FileOf(folder, Id), JsonSerializer.Serialize(this, StateJson.Default.ProcessRecord));

    public void Forget(EnvironmentFolder folder)
    {
        try
        {
            File.Delete(IdentityOf(folder, Id));
            File.Delete(FileOf(folder, Id));
        }
        catch (IOException)
        {
            // A record that is left behind names a process that has ended; the next gateway forgets it.
        }
    }

    public static IReadOnlyList<ProcessRecord> All(EnvironmentFolder folder) =>
        [
            .. Directory
                .EnumerateFiles(folder.Processes, "*.json")
                .Select(WholeFile.Read)
                .OfType<string>()
                .Select(text => JsonSerializer.Deserialize(text, StateJson.Default.ProcessRecord))
                .OfType<ProcessRecord>(),
        ];

    /// <summary>The process, if it is still the one that was started; null where it has ended.</summary>
    public ProcessIdentity? Find(EnvironmentFolder folder)
    {
        // "PID" or "PID START" from us, "PID <line of /proc/PID/stat>" from the shell that became the process.
        var words = WholeFile.Read(IdentityOf(folder, Id))?.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (words.Length == 0 || !int.TryParse(words[0], out var id) || ProcessIdentity.Of(id) is not { } now)
        {
            return null;
        }

        var start = words.Length switch
        {
            2 => words[1],
            > 22 => words[22] + now.Start[now.Start.IndexOf('@', StringComparison.Ordinal)..],
            _ => now.Start,
        };
        return now.Start == start ? now : null;
    }
}
