using System.Collections.Immutable;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>One clone with its work tree, which is a real folder.</summary>
public sealed class Machine : IDisposable
{
    readonly string folder = Directory.CreateDirectory(Path.Combine(Place, Guid.NewGuid().ToString("N"))).FullName;

    public Machine(GitHistory history, SimulatedRepository remote)
    {
        Repository = new SimulatedRepository(history);
        // So git says that refs are not kept in files of their own.
        Directory.CreateDirectory(Path.Combine(GitDirectory, "reftable"));
        CheckOut(remote);
    }

    /// <summary>Memory where there is such a disk: files are flushed all the time.</summary>
    static string Place =>
        Directory.Exists("/dev/shm")
            ? "/dev/shm/release-recipes-simulation"
            : Path.Combine(Path.GetTempPath(), "release-recipes-simulation");

    public SimulatedRepository Repository { get; }

    public ImmutableSortedDictionary<string, byte[]> Index { get; set; } = ImmutableSortedDictionary<string, byte[]>.Empty;

    public string Root => folder;

    public string GitDirectory => Path.Combine(folder, ".git");

    public SimulatedCommit Head => Repository.History.Commit(Repository.CommitOf("HEAD")!);

    /// <summary>The last run that worked in this clone.</summary>
    public SimulatedProcess? User { get; set; }

    /// <summary>What the last run told its user to do; null where it told nothing.</summary>
    public string? Told { get; set; }

    /// <summary>What a CI server does before a run, or a user who was told to: the remote's branch, and its tags.</summary>
    public void CheckOut(SimulatedRepository remote)
    {
        foreach (var file in Index.Keys)
        {
            File.Delete(Path.Combine(folder, file));
        }

        Repository.Set("refs/heads/main", remote.Refs["refs/heads/main"]);
        Index = Head.Files;
        foreach (var (path, content) in Index)
        {
            Write(path, content);
        }

        foreach (var (name, tag) in remote.Refs.Where(entry => entry.Key.StartsWith("refs/tags/", StringComparison.Ordinal)))
        {
            if (!Repository.Refs.ContainsKey(name))
            {
                Repository.Set(name, tag);
            }
        }
    }

    /// <summary>What <c>git status --porcelain</c> lists.</summary>
    public IEnumerable<string> Changed(string[] paths)
    {
        foreach (var (path, content) in Head.Files.Where(file => paths.Length == 0 || paths.Contains(file.Key)))
        {
            if (!Same(Content(path), content) || !Same(Index.GetValueOrDefault(path), content))
            {
                yield return $" {(File.Exists(Path.Combine(folder, path)) ? 'M' : 'D')} {path}";
            }
        }

        // Untracked files are listed where they are asked for by name only; one that was added belongs to the next commit.
        foreach (var path in Index.Keys.Where(path => paths.Length == 0).Union(paths).Where(path => !Head.Files.ContainsKey(path)))
        {
            if (Index.ContainsKey(path) || File.Exists(Path.Combine(folder, path)))
            {
                yield return $"{(Index.ContainsKey(path) ? "A " : "??")} {path}";
            }
        }
    }

    public bool Same(byte[]? one, byte[]? other) => one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);

    public byte[]? Content(string path) => File.Exists(Path.Combine(folder, path)) ? File.ReadAllBytes(Path.Combine(folder, path)) : null;

    public void Write(string path, byte[] content) => File.WriteAllBytes(Path.Combine(folder, path), content);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
