namespace ReleaseRecipes.Versioning.Files;

/// <summary>Turns the path of a strategy file into one that is certainly inside the repository.</summary>
static class InsidePath
{
    /// <summary>The full path with every link on the way resolved.</summary>
    /// <exception cref="ReleaseException">The path leads out of the root: it is absolute, climbs, or a link points elsewhere.</exception>
    public static string Of(string root, string name)
    {
        var top = Resolved(Path.GetFullPath(root));
        if (Path.IsPathRooted(name) || name.Split('/', '\\').Contains("..") || name.Split('/', '\\').Contains(".git"))
        {
            throw Outside(name);
        }

        var path = top;
        foreach (var part in name.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries))
        {
            path = Resolved(Path.Combine(path, part));
            if (!path.StartsWith(top + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw Outside(name);
            }
        }

        return path;
    }

    static string Resolved(string path)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        // What is not there is no link, and cannot be asked where it leads.
        return entry.LinkTarget is null ? path : entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
    }

    static ReleaseException Outside(string name) =>
        new(
            $"'{name}' leads out of the repository.",
            "versioning.files",
            "Name a file inside of it, relative to its root.",
            ExitCodes.WrongInput
        );
}
