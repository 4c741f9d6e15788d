using System.Collections.Immutable;
using System.Text;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>One git command in a simulated repository.</summary>
/// <param name="machine">Where it is run.</param>
/// <param name="arguments">The command and its arguments.</param>
/// <param name="input">What it reads.</param>
sealed class GitCommand(Machine machine, string[] arguments, string? input)
{
    static readonly string[] Remote = ["ls-remote", "fetch", "push"];
    static readonly string[] Changing = ["add", "commit", "tag", "update-ref", "fast-import", "checkout"];

    SimulatedRepository Repository => machine.Repository;

    GitHistory History => Repository.History;

    public bool AsksRemote => Remote.Contains(arguments[0]);

    public bool LooksForTags =>
        arguments[0] == "ls-remote" && arguments.Any(argument => argument.StartsWith("refs/tags/", StringComparison.Ordinal));

    public bool Changes => Changing.Contains(arguments[0]);

    /// <summary>What stands behind <c>--</c>.</summary>
    string[] Paths => [.. arguments.SkipWhile(argument => argument != "--").Skip(1)];

    public ProgramResult Here() =>
        arguments switch
        {
            ["remote"] => Said("origin\n"),
            // The remote's HEAD names a branch that nobody pushed.
            ["remote", "set-head", ..] => No("error: Cannot determine remote HEAD"),
            ["config", ..] => No(),
            ["rev-parse", .., var name] => Resolved(name),
            ["cat-file", "-e", var name] => Repository.CommitOf(name.Replace("^{commit}", "", StringComparison.Ordinal)) is null
                ? No()
                : Said(""),
            ["cat-file", "blob", var name] => Blob(name.Split(':', 2)),
            ["log", "-1", var format, var name] => Logged(format["--format=".Length..], Repository.CommitOf(name)!),
            ["merge-base", "--is-ancestor", var commit, var tip] => Contained(commit, tip),
            ["for-each-ref", ..] => Said(
                string.Concat(
                    Repository
                        .Refs.Keys.Where(name => name.StartsWith(arguments[^1], StringComparison.Ordinal))
                        .Select(name => $"99999999999 {name}\n")
                )
            ),
            ["status", ..] => Said(string.Concat(machine.Changed(Paths).Select(change => change + "\0"))),
            ["ls-files", ..] => Said(string.Concat(Paths.Where(machine.Index.ContainsKey).Select(path => path + "\0"))),
            ["diff", ..] => Paths.All(path =>
                machine.Same(machine.Index.GetValueOrDefault(path), machine.Head.Files.GetValueOrDefault(path))
            )
                ? Said("")
                : No(),
            ["add", ..] => Staged(),
            ["commit", ..] => Committed(),
            ["checkout", .., var path] => CheckedOut(path),
            ["tag", "--annotate", ..] => Tagged(Paths[0], Paths[1]),
            ["fast-import", ..] => Imported(FastImport.Parse(input!)),
            ["update-ref", "--stdin"] => Moved(input!),
            ["update-ref", "-d", var name] => Deleted(name),
            ["update-ref", var name, var next, var old] => Moved($"update {name} {next} {old}\n"),
            _ => throw new NotSupportedException(string.Join(' ', arguments)),
        };

    public ProgramResult AtRemote(ReleaseWorld world, SimulatedProcess process) =>
        new RemoteCommand(
            Repository,
            world.Remote,
            world.RemoteIsAtomic,
            (name, old, next) => PushChecks.Check(world, process, name, old, next)
        ).Run(arguments);

    public static ProgramResult Said(string output) => new(0, output, "");

    public static ProgramResult No(string error = "", int code = 1) => new(code, "", error);

    ProgramResult Resolved(string name) =>
        (
            name.EndsWith("^{commit}", StringComparison.Ordinal)
                ? Repository.CommitOf(name[..^"^{commit}".Length])
                : Repository.Refs.GetValueOrDefault(name) ?? Repository.CommitOf(name)
        )
            is { } hash
            ? Said(hash + "\n")
            : No();

    ProgramResult Blob(string[] name) =>
        Repository.CommitOf(name[0]) is { } commit && History.Commit(commit).Files.GetValueOrDefault(name[1]) is { } content
            ? Said(Encoding.UTF8.GetString(content))
            : No($"fatal: path '{name[1]}' does not exist in '{name[0]}'", 128);

    ProgramResult Logged(string format, string commit) =>
        Said(
            format
                .Replace("%n", "\n", StringComparison.Ordinal)
                .Replace("%H", commit, StringComparison.Ordinal)
                .Replace("%P", string.Join(' ', History.Commit(commit).Parents), StringComparison.Ordinal)
                .Replace("%s", History.Commit(commit).Subject, StringComparison.Ordinal) + "\n"
        );

    ProgramResult Contained(string commit, string tip) =>
        Repository.CommitOf(commit) is not { } inner || Repository.CommitOf(tip) is not { } outer
            ? No("fatal: Not a valid commit name", 128)
        : History.Contains(outer, inner) ? Said("")
        : No();

    ProgramResult Staged()
    {
        foreach (var path in Paths)
        {
            machine.Index = machine.Index.SetItem(path, machine.Content(path)!);
        }

        return Said("");
    }

    ProgramResult Committed()
    {
        var message = arguments[Array.IndexOf(arguments, "-m") + 1];
        var files = Paths.Aggregate(machine.Head.Files, (tree, path) => tree.SetItem(path, machine.Content(path)!));
        var commit = History.Add(files, [machine.Head.Hash], message);
        Repository.Set("refs/heads/main", commit.Hash);
        machine.Index = Paths.Aggregate(machine.Index, (index, path) => index.SetItem(path, files[path]));
        return Said("");
    }

    ProgramResult CheckedOut(string path)
    {
        if (machine.Head.Files.GetValueOrDefault(path) is not { } content)
        {
            return No($"error: pathspec '{path}' did not match any file(s) known to git");
        }

        machine.Write(path, content);
        machine.Index = machine.Index.SetItem(path, content);
        return Said("");
    }

    ProgramResult Tagged(string name, string commit)
    {
        if (Repository.Refs.ContainsKey($"refs/tags/{name}") && !arguments.Contains("--force"))
        {
            return No($"fatal: tag '{name}' already exists", 128);
        }

        if (Repository.CommitOf(commit) is not { } target)
        {
            return No($"fatal: Failed to resolve '{commit}' as a valid ref.", 128);
        }

        Repository.Set($"refs/tags/{name}", History.AddTag(target));
        return Said("");
    }

    ProgramResult Imported(FastImport import)
    {
        if (import.From is not null && Repository.CommitOf(import.From) is null)
        {
            return No($"fatal: Not a valid commit: {import.From}", 128);
        }

        var parent = import.From is null ? null : History.Commit(Repository.CommitOf(import.From)!);
        var files = import.Apply(parent?.Files ?? ImmutableSortedDictionary.Create<string, byte[]>(StringComparer.Ordinal));
        var commit = History.Add(files, parent is null ? [] : [parent.Hash], import.Message);
        if (Repository.CommitOf(import.Ref) is { } tip && !History.Contains(commit.Hash, tip))
        {
            return No($"warning: Not updating {import.Ref} (new tip {commit.Hash} does not contain {tip})");
        }

        Repository.Set(import.Ref, commit.Hash);
        return Said("");
    }

    ProgramResult Deleted(string name)
    {
        Repository.Refs.Remove(name);
        return Said("");
    }

    ProgramResult Moved(string lines)
    {
        var moves = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToList();
        foreach (var move in moves)
        {
            if ((Repository.Refs.GetValueOrDefault(move[1]) ?? new string('0', 40)) != move[^1])
            {
                return No($"fatal: cannot lock ref '{move[1]}': is at {Repository.Refs.GetValueOrDefault(move[1])}", 128);
            }

            if (move[0] == "update" && (!Repository.Has(move[2]) || (GitHistory.IsBranch(move[1]) && History.IsTag(move[2]))))
            {
                return No(
                    $"fatal: cannot update ref '{move[1]}': trying to write ref with nonexistent or non-commit object {move[2]}",
                    128
                );
            }
        }

        foreach (var move in moves)
        {
            if (move[0] == "delete")
            {
                Repository.Refs.Remove(move[1]);
            }
            else
            {
                Repository.Set(move[1], move[2]);
            }
        }

        return Said("");
    }
}
