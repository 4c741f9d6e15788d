using System.Diagnostics;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Git;

/// <summary>A repository as the <c>git</c> program sees it. Every call is one process; none of them prompts, pages or localizes.</summary>
public sealed class GitRepository
{
    static readonly Dictionary<string, string?> Quiet = new()
    {
        ["LC_ALL"] = "C.UTF-8",
        ["GIT_TERMINAL_PROMPT"] = "0",
        // Reading must not write: `git status` would otherwise refresh the index.
        ["GIT_OPTIONAL_LOCKS"] = "0",
        ["GIT_PAGER"] = "cat",
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["GIT_INDEX_FILE"] = null,
    };

    // Into a pipe, git log flushes commit by commit: that costs it a quarter of its speed.
    static readonly Dictionary<string, string?> WholeBlocks = new() { ["GIT_FLUSH"] = "0" };

    static readonly string[] Unwritable = ["No space left on device", "Read-only file system", "': Permission denied", "Out of diskspace"];
    readonly IReadOnlyDictionary<string, string?> environment;
    readonly IGitProgram program;
    bool? keepsRefsInFiles;

    /// <summary>A repository whose place is known already.</summary>
    internal GitRepository(
        string root,
        string gitDirectory,
        string headFile,
        IGitProgram program,
        IReadOnlyDictionary<string, string?>? environment = null
    )
    {
        Root = root;
        GitDirectory = gitDirectory;
        HeadFile = headFile;
        this.program = program;
        this.environment = environment ?? Quiet;
    }

    /// <summary>The top folder of the work tree.</summary>
    public string Root { get; }

    /// <summary>The git directory shared by all work trees of this repository, where local state is kept.</summary>
    public string GitDirectory { get; }

    /// <summary>The file that says what this work tree's HEAD stands on.</summary>
    public string HeadFile { get; }

    /// <summary>Finds the repository that a folder belongs to.</summary>
    /// <exception cref="ReleaseException">The folder is in no repository.</exception>
    public static async Task<GitRepository> OpenAsync(string folder, CancellationToken cancel = default)
    {
        var found = await ProgramRunner.RunAsync(
            new ProgramCall("git", "rev-parse", "--path-format=absolute", "--show-toplevel", "--git-common-dir", "--git-dir")
            {
                WorkingDirectory = folder,
                Environment = Quiet,
            },
            cancel
        );
        var lines = found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return found.Succeeded && lines.Length == 3
            ? new GitRepository(lines[0], lines[1], Path.Combine(lines[2], "HEAD"), new GitProgram())
            : throw new ReleaseException(
                "There is no git repository here.",
                $"{folder}: {found.Error.Trim()}",
                "Run this inside a repository, or name one with --working=DIR.",
                ExitCodes.WrongInput
            );
    }

    /// <summary>
    /// Whether there may be a ref of this full name, without a process of git: false where neither its file nor the list of packed refs
    /// has it. True where refs are kept in another way.
    /// </summary>
    public bool MayHaveRef(string name)
    {
        if (!(keepsRefsInFiles ??= !Directory.Exists(Path.Combine(GitDirectory, "reftable"))))
        {
            return true;
        }

        var packed = Path.Combine(GitDirectory, "packed-refs");
        // In this order: git packs a ref before it removes the file.
        return File.Exists(Path.Combine(GitDirectory, name))
            || (File.Exists(packed) && File.ReadAllText(packed).Contains($" {name}\n", StringComparison.Ordinal));
    }

    /// <summary>The same repository, written to in the name of the given person where git knows none.</summary>
    public GitRepository As(GitIdentity identity) => new(Root, GitDirectory, HeadFile, program, With(identity.GitVariables));

    /// <summary>Runs git and returns what it printed.</summary>
    /// <exception cref="ReleaseException">git ended with another exit code than 0.</exception>
    public async Task<string> ReadAsync(params IReadOnlyList<string> arguments)
    {
        var result = await TryAsync(arguments);
        return result.Succeeded ? result.Output : throw Failed(arguments, result);
    }

    /// <summary>Runs git and returns how it ended, whatever its exit code.</summary>
    public Task<ProgramResult> TryAsync(
        IReadOnlyList<string> arguments,
        string? input = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        TimeSpan? timeout = null,
        CancellationToken cancel = default
    ) => program.RunAsync(Call(arguments) with { Input = input, Timeout = timeout, Environment = With(environment) }, cancel);

    /// <summary>Starts git for a caller that reads its output as it comes.</summary>
    public Process Start(params IReadOnlyList<string> arguments) => program.Start(Call(arguments));

    /// <summary>Starts git for a long answer that is read as it comes, in whole blocks rather than record by record.</summary>
    public Process StartLong(params IReadOnlyList<string> arguments) =>
        program.Start(Call(arguments) with { Environment = With(WholeBlocks) });

    /// <summary>The hash that a name stands for; null where there is no such thing here.</summary>
    /// <param name="name">A full ref, peeled or not: <c>refs/tags/v1.0.0^{commit}</c>.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<string?> TipAsync(string name, CancellationToken cancel = default)
    {
        var result = await TryAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", name], cancel: cancel);
        return result.Succeeded ? result.Output.Trim() : null;
    }

    /// <summary>Whether a history has a commit in it.</summary>
    public async Task<bool> ContainsAsync(string? tip, string commit, CancellationToken cancel = default) =>
        tip == commit || tip is not null && (await TryAsync(["merge-base", "--is-ancestor", commit, tip], cancel: cancel)).Succeeded;

    /// <summary>What answers questions for objects.</summary>
    internal IObjectSource Objects() => program.Objects(Call(["cat-file", "--batch"]));

    /// <summary>The failure of one git call, with what git itself said.</summary>
    public static ReleaseException Failed(IReadOnlyList<string> arguments, ProgramResult result)
    {
        var settings = arguments.TakeWhile((argument, at) => argument == "-c" || (at > 0 && arguments[at - 1] == "-c")).Count();
        return new ReleaseException(
            $"git {arguments[settings]} ended with exit code {result.ExitCode}: {result.Error.Trim()}",
            $"git {string.Join(' ', arguments)}",
            Unwritable.Any(result.Error.Contains)
                ? "Make room or make the repository writable, and run the same command again: it goes on where it stopped."
                : null
        );
    }

    ProgramCall Call(IReadOnlyList<string> arguments) =>
        new("git", ["-c", "core.quotePath=false", "-c", "log.showSignature=false", .. arguments])
        {
            WorkingDirectory = Root,
            Environment = environment,
        };

    IReadOnlyDictionary<string, string?> With(IReadOnlyDictionary<string, string?>? more)
    {
        if (more is null || more.Count == 0)
        {
            return environment;
        }

        var both = new Dictionary<string, string?>(environment);
        foreach (var (name, value) in more)
        {
            both[name] = value;
        }

        return both;
    }
}
