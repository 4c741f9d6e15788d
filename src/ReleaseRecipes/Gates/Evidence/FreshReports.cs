using Microsoft.Extensions.FileSystemGlobbing;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>
/// Tells the reports that this run of a gate wrote from those that were there before: only the former are evidence.
/// Both the file system's own clock and what stood there at the start are asked, since a copy can keep an old time and an
/// old file can carry a time to come.
/// </summary>
sealed class FreshReports
{
    static readonly HashSet<string> NeverReports = [".git", "node_modules"];

    readonly string root;
    readonly string reportFolder;
    readonly Matcher matcher = new(StringComparison.Ordinal);
    readonly bool anyGlob;
    readonly DateTime start;
    readonly Dictionary<string, (DateTime Written, long Length)> before;

    /// <summary>Notes what is there now, empties the gate's own report folder, and begins.</summary>
    /// <param name="root">Where the globs start.</param>
    /// <param name="globs">The reports' globs.</param>
    /// <param name="reportFolder">The gate's own folder for reports, of which every file is taken.</param>
    public FreshReports(string root, IReadOnlyList<string> globs, string reportFolder)
    {
        (this.root, this.reportFolder) = (root, reportFolder);
        anyGlob = globs.Count > 0;
        foreach (var glob in globs)
        {
            if (glob.StartsWith('!'))
            {
                matcher.AddExclude(glob[1..]);
            }
            else
            {
                matcher.AddInclude(glob.EndsWith('/') ? glob + "**" : glob);
            }
        }

        if (Directory.Exists(reportFolder))
        {
            Directory.Delete(reportFolder, recursive: true);
        }

        Directory.CreateDirectory(reportFolder);
        before = Matching().ToDictionary(path => path, Stamp, StringComparer.Ordinal);
        var clock = Path.Combine(reportFolder, ".started");
        File.WriteAllText(clock, "");
        start = File.GetLastWriteTimeUtc(clock);
        File.Delete(clock);
    }

    /// <summary>When the run began, by the clock of the file system.</summary>
    public DateTimeOffset Began => new(start, TimeSpan.Zero);

    /// <summary>What this run wrote, as full path and name for a reader, sorted by name.</summary>
    public IReadOnlyList<(string Path, string Name)> Written() =>
        [
            .. Files(reportFolder).Where(IsFresh).Select(path => (path, InReportFolder(path))),
            .. Matching().Where(IsFresh).Select(path => (path, Relative(root, path))),
        ];

    /// <summary>Names of reports that match but that this run did not write.</summary>
    public IReadOnlyList<string> Stale() =>
        [
            .. Files(reportFolder).Where(path => !IsFresh(path)).Select(InReportFolder),
            .. Matching().Where(path => !IsFresh(path)).Select(path => Relative(root, path)),
        ];

    string InReportFolder(string path) => $"${GateCheck.ReportVariable}/{Relative(reportFolder, path)}";

    bool IsFresh(string path)
    {
        var now = Stamp(path);
        return now.Written >= start && (!before.TryGetValue(path, out var then) || then != now);
    }

    // A link is as old as what it leads to.
    static (DateTime Written, long Length) Stamp(string path)
    {
        try
        {
            var link = new FileInfo(path);
            var file = link.LinkTarget is null ? link : link.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
            return file is { Exists: true } ? (file.LastWriteTimeUtc, file.Length) : (DateTime.MinValue, 0);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (DateTime.MinValue, 0);
        }
    }

    IEnumerable<string> Matching()
    {
        if (!anyGlob)
        {
            return [];
        }

        var own = Path.GetFullPath(reportFolder) + Path.DirectorySeparatorChar;
        return matcher
            .Match(root, Files(root).Where(path => !path.StartsWith(own, StringComparison.Ordinal)))
            .Files.Select(match => Path.GetFullPath(match.Path, root))
            .Order(StringComparer.Ordinal);
    }

    static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    static List<string> Files(string top)
    {
        var files = new List<string>();
        var folders = new Stack<DirectoryInfo>([new DirectoryInfo(top)]);
        while (folders.TryPop(out var folder))
        {
            try
            {
                foreach (var entry in folder.EnumerateFileSystemInfos())
                {
                    if (entry is not DirectoryInfo below)
                    {
                        files.Add(entry.FullName);
                    }
                    else if (!NeverReports.Contains(below.Name) && below.LinkTarget is null)
                    {
                        folders.Push(below);
                    }
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // A folder that the command deletes while it is looked at has no reports.
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }
}
