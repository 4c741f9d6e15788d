using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Components;

/// <summary>
/// Where components live, and lived: a folder whose files were moved into a component's, and that is there no more, was the component's
/// before, so that the commits from before the move still belong to it.
/// </summary>
sealed class ComponentFolders
{
    const int MostMoves = 8;
    const int MostFolders = 1000;

    readonly Dictionary<string, HashSet<string>> paths;

    ComponentFolders(Dictionary<string, HashSet<string>> paths) => this.paths = paths;

    /// <summary>Follows the moves among some commits.</summary>
    public static async Task<ComponentFolders> ReadAsync(
        GitRepository git,
        IReadOnlyList<ComponentSettings> components,
        IReadOnlyList<(string From, string To)> moves,
        CancellationToken cancel
    )
    {
        var paths = components.ToDictionary(component => component.Name, component => component.Paths.ToHashSet(StringComparer.Ordinal));
        var folders = moves.Select(Folders).Where(move => move.From.Length > 0).ToHashSet();
        var gone = await GoneAsync(git, [.. folders.Select(move => move.From).Distinct()], cancel);
        var left = folders.Where(move => gone.Contains(move.From)).ToList();
        foreach (var own in paths.Values)
        {
            Follow(left, own);
        }

        return new ComponentFolders(paths);
    }

    // A folder may have been moved several times. Moves that lead in a circle, or into a folder of their own, would be followed for ever.
    static void Follow(List<(string From, string To)> moves, HashSet<string> own)
    {
        for (var round = 0; round < MostMoves && own.Count < MostFolders; round++)
        {
            if (moves.SelectMany(move => Before(move, own)).Where(own.Add).Take(MostFolders).ToList().Count == 0)
            {
                return;
            }
        }
    }

    /// <summary>Whether a component has one of the files.</summary>
    public bool Holds(string component, IEnumerable<string> files) => files.Any(file => paths[component].Any(path => IsIn(file, path)));

    // moved/a/x.cs to core/a/x.cs: what both paths end with was not moved.
    static (string From, string To) Folders((string From, string To) move)
    {
        var (from, to) = (move.From.Split('/'), move.To.Split('/'));
        var same = 0;
        while (same < from.Length && same < to.Length && from[^(same + 1)] == to[^(same + 1)])
        {
            same++;
        }

        return (string.Join('/', from[..^same]), string.Join('/', to[..^same]));
    }

    static IEnumerable<string> Before((string From, string To) move, HashSet<string> own) =>
        own.Where(path => path != ".")
            .Select(path =>
                IsIn(move.To, path) ? move.From
                : move.To.Length == 0 ? $"{move.From}/{path}"
                : path.StartsWith($"{move.To}/", StringComparison.Ordinal) ? move.From + path[move.To.Length..]
                : null
            )
            .OfType<string>()
            .ToList();

    static bool IsIn(string file, string path) =>
        path == "."
        || file == path
        || (file.StartsWith(path, StringComparison.Ordinal) && file.Length > path.Length && file[path.Length] == '/');

    static async Task<HashSet<string>> GoneAsync(GitRepository git, IReadOnlyList<string> folders, CancellationToken cancel)
    {
        if (folders.Count == 0)
        {
            return [];
        }

        string[] call = ["ls-tree", "-d", "-z", "--name-only", "--full-tree", "HEAD", "--", .. folders];
        var result = await git.TryAsync(call, cancel: cancel);
        return result.Succeeded ? [.. folders.Except(result.Output.Split('\0'))] : throw GitRepository.Failed(call, result);
    }
}
