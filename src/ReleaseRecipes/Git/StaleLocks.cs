namespace ReleaseRecipes.Git;

/// <summary>
/// Lock files that a killed git left behind would stop every later one. A lock is stale when no git process that could own it is alive
/// on this machine, or, where that cannot be seen, when it is far older than any git holds one; all others are respected and waited for.
/// </summary>
public static class StaleLocks
{
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Ancient = TimeSpan.FromMinutes(10);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Runs an update of one ref, waiting for a live lock on it and clearing a stale one.</summary>
    /// <exception cref="ReleaseException">A live process keeps the lock; says which.</exception>
    public static async Task<T> RetryAsync<T>(GitRepository git, string name, Func<Task<T>> update, CancellationToken cancel = default)
    {
        var file = Path.Combine(git.GitDirectory, name + ".lock");
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                return await update();
            }
            catch (ReleaseException problem) when (IsAboutLock(problem))
            {
                if (Clear(git, file) || !File.Exists(file))
                {
                    await Task.Delay(Random.Shared.Next(5, 30), cancel);
                }
                else if (DateTime.UtcNow < until)
                {
                    await Task.Delay(Random.Shared.Next(50, 200), cancel);
                }
                else
                {
                    throw Held(file, git, problem);
                }
            }
        }
    }

    /// <summary>Removes a lock file if nobody can own it any more. False: it is alive, or not there.</summary>
    public static bool Clear(GitRepository git, string file)
    {
        if (!File.Exists(file) || !IsStale(DateTime.UtcNow - File.GetLastWriteTimeUtc(file), Owners(git)))
        {
            return false;
        }

        File.Delete(file);
        return true;
    }

    static bool IsStale(TimeSpan age, IReadOnlyList<int>? owners) => age > Ancient || (owners is [] && age > Settled);

    /// <summary>The git processes that work on this repository; null where the system does not tell.</summary>
    static List<int>? Owners(GitRepository git)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var owners = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && MayWorkOn(git, folder))
            {
                owners.Add(id);
            }
        }

        return owners;
    }

    static bool MayWorkOn(GitRepository git, string folder)
    {
        try
        {
            var isGit = File.ReadAllText(Path.Combine(folder, "comm")).StartsWith("git", StringComparison.Ordinal);
            return isGit
                && new FileInfo(Path.Combine(folder, "cwd")).ResolveLinkTarget(false)?.FullName is { } place
                && (IsIn(place, git.Root) || IsIn(place, git.GitDirectory))
                && !File.ReadAllText(Path.Combine(folder, "cmdline")).Contains("\0cat-file\0", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It ended while it was looked at.
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }

    static bool IsIn(string place, string root) => place == root || place.StartsWith(root + "/", StringComparison.Ordinal);

    static bool IsAboutLock(ReleaseException problem) =>
        problem.Message.Contains(".lock", StringComparison.Ordinal) && problem.Message.Contains("File exists", StringComparison.Ordinal);

    static ReleaseException Held(string file, GitRepository git, ReleaseException problem) =>
        new(
            "Another git process keeps the ledger locked.",
            Owners(git) is [_, ..] owners ? $"{file}, git processes {string.Join(", ", owners)}." : file,
            $"Wait for it to end and run the same command again; if there is none, remove {file}.",
            inner: problem
        );
}
