using System.Text.RegularExpressions;

namespace ReleaseRecipes.Git;

/// <summary>
/// Lock files that a killed git left behind (<c>index.lock</c>, <c>HEAD.lock</c>, those of refs, <c>packed-refs.lock</c>, <c>shallow.lock</c>) would
/// stop every later one. A lock is stale when no git process that could own it is alive on this machine, or, where that cannot be seen, when it
/// is far older than any git holds one; all others are respected and waited for.
/// </summary>
public static partial class StaleLocks
{
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Ancient = TimeSpan.FromMinutes(10);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Runs something that git locks files for, waiting for live locks and clearing stale ones.</summary>
    /// <exception cref="ReleaseException">A live process keeps a lock; says which.</exception>
    public static async Task<T> RetryAsync<T>(GitRepository git, Func<Task<T>> update, CancellationToken cancel = default)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                return await update();
            }
            catch (ReleaseException problem) when (LockIn(problem.Message, git) is { } file)
            {
                if (DateTime.UtcNow >= until)
                {
                    throw Held(file, git, problem);
                }

                var gone = Clear(git, file) || !File.Exists(file);
                await Task.Delay(gone ? Random.Shared.Next(5, 30) : Random.Shared.Next(50, 200), cancel);
            }
        }
    }

    /// <summary>Runs a git command that locks files, and returns what it printed.</summary>
    /// <exception cref="ReleaseException">It failed, or a live process keeps a lock.</exception>
    public static Task<string> ReadAsync(GitRepository git, IReadOnlyList<string> arguments, CancellationToken cancel) =>
        RetryAsync(git, () => git.ReadAsync(arguments), cancel);

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

    // "Unable to create '/…/.git/index.lock': File exists." Only a file of this repository is ever touched.
    static string? LockIn(string message, GitRepository git)
    {
        if (LockMessage().Match(message) is not { Success: true } match)
        {
            return null;
        }

        var file = Path.GetFullPath(match.Groups["file"].Value, git.Root);
        return IsIn(file, git.GitDirectory) ? file : null;
    }

    static ReleaseException Held(string file, GitRepository git, ReleaseException problem) =>
        new(
            "Another git process keeps this repository locked.",
            Owners(git) is [_, ..] owners ? $"{file}, git processes {string.Join(", ", owners)}." : file,
            $"Wait for it to end and run the same command again; if there is none, remove {file}.",
            inner: problem
        );

    [GeneratedRegex(@"'(?<file>[^'\n]+\.lock)': File exists")]
    private static partial Regex LockMessage();
}
