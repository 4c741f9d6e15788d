using System.Text.RegularExpressions;
using ReleaseRecipes.Git;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>
/// A remote and two clones of it, once of the real git and once simulated. Commands name objects <c>#1</c>, <c>#2</c> in the order in which they
/// were made, so that the answers of both can be compared, whatever the hashes are.
/// </summary>
sealed partial class TwoGits : IDisposable
{
    readonly BareRemote realRemote = new();
    readonly GitHistory history = new();
    readonly Machine[] simulated;
    readonly string[] real;
    readonly List<(string Real, string Simulated)> objects = [];

    public TwoGits()
    {
        Remote = new SimulatedRepository(history);
        var none = System.Collections.Immutable.ImmutableSortedDictionary.Create<string, byte[]>(StringComparer.Ordinal);
        Remote.Set("refs/heads/main", history.Add(none, [], "feat: first").Hash);
        simulated = [new Machine(history, Remote), new Machine(history, Remote)];
        real = [realRemote.Clone(), realRemote.Clone()];
        Name(0, "refs/heads/main");
    }

    SimulatedRepository Remote { get; }

    /// <summary>How many objects there are to be named.</summary>
    public int Objects => objects.Count;

    public void Write(int clone, string path, string content)
    {
        File.WriteAllText(Path.Combine(real[clone], path), content);
        File.WriteAllText(Path.Combine(simulated[clone].Root, path), content);
    }

    /// <summary>What both answer to a command, as far as a releaser reads it.</summary>
    public (string Real, string Simulated) Ask(int clone, string[] arguments, string? input = null)
    {
        var command = new GitCommand(simulated[clone], Meant(arguments, pair => pair.Simulated), Meant(input, pair => pair.Simulated));
        var there = command.AsksRemote
            ? new RemoteCommand(simulated[clone].Repository, Remote, atomic: true, (_, _, _) => { }).Run(
                Meant(arguments, pair => pair.Simulated)
            )
            : command.Here();
        var here = Git(real[clone], Meant(arguments, pair => pair.Real), Meant(input, pair => pair.Real));
        return (Read(arguments, here, pair => pair.Real), Read(arguments, there, pair => pair.Simulated));
    }

    /// <summary>What <c>cat-file --batch</c> answers in both.</summary>
    public async Task<(string Real, string Simulated)> FindAsync(int clone, string name)
    {
        using var asked = new GitProgram().Objects(new ProgramCall("git", "cat-file", "--batch") { WorkingDirectory = real[clone] });
        using var told = new SimulatedObjects(simulated[clone].Repository);
        string Said(GitObject? found, Func<(string, string), string> side) =>
            found is null ? "nothing"
            : found.Type == "commit" ? Named($"commit {found.Hash}", side)
            : $"{found.Type} {found.Text}";
        return (
            Said(await asked.FindAsync(Meant(name, pair => pair.Real)!), pair => pair.Item1),
            Said(await told.FindAsync(Meant(name, pair => pair.Simulated)!), pair => pair.Item2)
        );
    }

    /// <summary>Gives a name to what a ref was just set to.</summary>
    public void Name(int clone, string reference)
    {
        var made = Git(real[clone], ["rev-parse", "--verify", "--quiet", reference], null).Output.Trim();
        if (simulated[clone].Repository.Refs.GetValueOrDefault(reference) is { } hash && objects.All(pair => pair.Real != made))
        {
            objects.Add((made, hash));
        }
    }

    /// <summary>Every ref of the remote and of both clones.</summary>
    public (string Real, string Simulated) Refs()
    {
        string[] list = ["for-each-ref", "--format=%(refname) %(objectname)"];
        string[] folders = [realRemote.Path, .. real];
        // What a clone notes of its remote's branches nobody here reads.
        var theirs = folders.Select(folder =>
            Git(folder, list, null).Output.Split('\n').Where(line => !line.StartsWith("refs/remotes/", StringComparison.Ordinal))
        );
        SimulatedRepository[] repositories = [Remote, .. simulated.Select(machine => machine.Repository)];
        var ours = repositories.Select(repository => repository.Refs.Select(entry => $"{entry.Key} {entry.Value}"));
        return (
            Named(string.Join("\n--\n", theirs.Select(lines => string.Join('\n', lines).Trim())), pair => pair.Real),
            Named(string.Join("\n--\n", ours.Select(lines => string.Join('\n', lines))), pair => pair.Simulated)
        );
    }

    public void Dispose()
    {
        realRemote.Dispose();
        Array.ForEach(simulated, machine => machine.Dispose());
    }

    static ProgramResult Git(string folder, string[] arguments, string? input) =>
        ProgramRunner
            .RunAsync(
                new ProgramCall("git", arguments)
                {
                    WorkingDirectory = folder,
                    Input = input,
                    Environment = new Dictionary<string, string?>
                    {
                        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                        ["GIT_CONFIG_NOSYSTEM"] = "1",
                        ["GIT_OPTIONAL_LOCKS"] = "0",
                        ["LC_ALL"] = "C.UTF-8",
                    },
                }
            )
            .GetAwaiter()
            .GetResult();

    /// <summary>What a releaser takes from an answer: whether it went well, what it printed where that is read, and why a remote said no.</summary>
    string Read(string[] arguments, ProgramResult result, Func<(string Real, string Simulated), string> side)
    {
        var said = arguments[0] switch
        {
            "push" or "fetch" => result.Succeeded ? "" : $"{RemoteTroubles.Of(result)}",
            "for-each-ref" => string.Join('\n', result.Output.Split('\n').Select(line => line[(line.IndexOf(' ') + 1)..])),
            "status" => string.Join('\n', result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry[3..])),
            "commit" or "fast-import" => "",
            _ => result.Succeeded ? result.Output : "",
        };
        // In which order lines come nobody relies on.
        var lines = Named(said, side).Split('\n').Order(StringComparer.Ordinal);
        return $"{(result.Succeeded ? "done" : "no")} {string.Join('\n', lines)}";
    }

    string[] Meant(string[] words, Func<(string Real, string Simulated), string> side) => [.. words.Select(word => Meant(word, side)!)];

    string? Meant(string? text, Func<(string Real, string Simulated), string> side) =>
        text is null ? null : NamePattern().Replace(text, match => side(objects[int.Parse(match.Groups[1].Value, null) - 1]));

    string Named(string text, Func<(string Real, string Simulated), string> side) =>
        HashPattern()
            .Replace(text, match => objects.FindIndex(pair => side(pair) == match.Value) is >= 0 and var at ? $"#{at + 1}" : match.Value);

    [GeneratedRegex("#([0-9]+)")]
    private static partial Regex NamePattern();

    [GeneratedRegex("[0-9a-f]{40}")]
    private static partial Regex HashPattern();
}
