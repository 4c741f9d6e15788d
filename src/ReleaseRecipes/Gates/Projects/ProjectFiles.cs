namespace ReleaseRecipes.Gates.Projects;

/// <summary>The files of the project, looked at but never changed; bounded, so that a huge repository costs little.</summary>
sealed class ProjectFiles(string root)
{
    const int MostEntries = 20_000;
    const int Deepest = 5;
    const int LargestText = 1024 * 1024;
    static readonly HashSet<string> NotOurs = ["node_modules", "bin", "obj", "target", "vendor", "dist", "build", "__pycache__", "venv"];

    readonly Dictionary<string, string> texts = [];

    /// <summary>The files, relative with forward slashes, those nearest to the root first.</summary>
    public IReadOnlyList<string> All => field ??= Walk();

    public bool Has(string path) => File.Exists(Path.Combine(root, path));

    public bool HasFolder(string path) => Directory.Exists(Path.Combine(root, path));

    /// <summary>Whether a program is installed, as far as a look at PATH can tell.</summary>
    public static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => new[] { "", ".exe", ".cmd", ".bat" }.Any(ending => File.Exists(Path.Combine(folder, program + ending))));

    /// <summary>The first of the paths that is there.</summary>
    public string? FirstOf(params IEnumerable<string> paths) => paths.FirstOrDefault(Has);

    /// <summary>The files with an ending, such as <c>.csproj</c>.</summary>
    public IEnumerable<string> Ending(params string[] endings) =>
        All.Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The text of a file; empty where it is not there or is no reasonable text.</summary>
    public string Read(string path)
    {
        if (!texts.TryGetValue(path, out var text))
        {
            texts[path] = text = ReadNow(Path.Combine(root, path));
        }

        return text;
    }

    static string ReadNow(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= LargestText } ? File.ReadAllText(path) : "";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    List<string> Walk()
    {
        var files = new List<string>();
        var folders = new Queue<(DirectoryInfo Folder, int Depth)>([(new DirectoryInfo(root), 0)]);
        while (folders.TryDequeue(out var next) && files.Count < MostEntries)
        {
            foreach (var entry in Entries(next.Folder))
            {
                if (entry is DirectoryInfo folder)
                {
                    if (next.Depth < Deepest && !NotOurs.Contains(folder.Name) && !folder.Name.StartsWith('.') && folder.LinkTarget is null)
                    {
                        folders.Enqueue((folder, next.Depth + 1));
                    }
                }
                else
                {
                    files.Add(Path.GetRelativePath(root, entry.FullName).Replace('\\', '/'));
                }
            }
        }

        return files;
    }

    static FileSystemInfo[] Entries(DirectoryInfo folder)
    {
        try
        {
            return [.. folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
