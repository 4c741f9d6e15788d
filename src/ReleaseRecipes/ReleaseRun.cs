using ReleaseRecipes.Output;

namespace ReleaseRecipes;

/// <summary>One process of the recipe: its command line, where it speaks to, and what became of it.</summary>
public sealed class ReleaseRun
{
    readonly string[] arguments;
    readonly string command;
    readonly string startedIn = Environment.CurrentDirectory;

    /// <summary>Takes the command line as it is; nothing is checked yet.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="command">What the reader types before the arguments; null where the process tells.</param>
    public ReleaseRun(string[] arguments, string? command = null)
    {
        this.arguments = arguments;
        this.command = command ?? StartedBy();
        CommandLine = CommandLine.Parse(arguments);
        Secrets = Secrets.FromEnvironment([]);
        var json = CommandLine.Values.TryGetValue("json", out var values) ? values[^1] : null;
        Json = new JsonReport(json, Console.Out, Secrets);
        var interactive =
            !Console.IsOutputRedirected
            && !ContinuousIntegration.Detected
            && !Json.OnStandardOutput
            && Environment.GetEnvironmentVariable("NO_COLOR") is null;
        Terminal = new Terminal(Json.OnStandardOutput ? Console.Error : Console.Out, Secrets, interactive);
    }

    public CommandLine CommandLine { get; }
    public Terminal Terminal { get; }
    public JsonReport Json { get; }
    public Secrets Secrets { get; private set; }

    /// <summary>Whether somebody is there to answer a question.</summary>
    public bool CanAsk => !Console.IsInputRedirected && Terminal.Interactive;

    /// <summary>What has to be ended with the run: leases.</summary>
    public IAsyncDisposable? Closing { get; set; }

    /// <summary>Why the run failed; null while it has not.</summary>
    public ReleaseException? Failure { get; private set; }

    /// <summary>What the recipe was asked for.</summary>
    public ReleaseOptions Options => CommandLine.Options(Folder, ShownCommand, ContinuousIntegration.Detected, Target);

    /// <summary>The target, as the recipe understands the command line: Plan by default and for a dry run.</summary>
    public string Target => CommandLine.Flag("dryrun") ? "Plan" : CommandLine.Target ?? "Plan";

    // Cake makes it the current folder: a relative path is never read from there again.
    string Folder => Path.GetFullPath(CommandLine.One("working") ?? ".", startedIn);

    string ShownCommand => command + (CommandLine.One("working") is { } folder ? $" --working={folder}" : "");

    // .NET tells a program that is a single file where that file is.
    static string StartedBy() =>
        AppContext.GetData("EntryPointFilePath") is string file
            ? $"dotnet run {Path.GetRelativePath(Environment.CurrentDirectory, file)} --"
            : Script;

    static string Script => OperatingSystem.IsWindows() ? "./build.ps1" : "./build.sh";

    /// <summary>Checks every argument before anything runs.</summary>
    /// <exception cref="ReleaseException">One of them is wrong, or there is no such target.</exception>
    public void CheckCommandLine() => CheckCommandLine(Targets.Names());

    /// <summary>Checks every argument before anything runs.</summary>
    /// <param name="known">The targets that there are.</param>
    /// <exception cref="ReleaseException">One of them is wrong, or there is no such target.</exception>
    public void CheckCommandLine(IReadOnlyList<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        _ = Options;
        if (!known.Contains(Target, StringComparer.OrdinalIgnoreCase))
        {
            throw new ReleaseException(
                $"There is no target '{Target}'.",
                todo: Suggestion.For(Target, known) + $"Targets: {string.Join(", ", known)}.",
                exitCode: ExitCodes.WrongInput
            );
        }
    }

    /// <summary>The command line as Cake gets it.</summary>
    public IReadOnlyList<string> CakeArguments() =>
        CommandLine.Flag("dryrun") || CommandLine.Target is null
            ?
            [
                .. arguments.Where(argument =>
                    !argument.StartsWith("--dryrun", StringComparison.OrdinalIgnoreCase)
                    && !argument.StartsWith("--target", StringComparison.OrdinalIgnoreCase)
                ),
                $"--target={Target}",
            ]
            : arguments;

    /// <summary>What a failure of any kind is to the reader: a release's own, or one of the system with what to do about it; null for what is a defect of the build script.</summary>
    public ReleaseException? Failing(Exception problem) =>
        Failure
        ?? problem switch
        {
            ReleaseException known => known,
            OperationCanceledException => new ReleaseException(
                "The release was interrupted.",
                todo: $"Run {ShownCommand} --target={Target} again: it goes on where it stopped."
            ),
            IOException or UnauthorizedAccessException => new ReleaseException(
                problem.Message,
                todo: "Make room or make the place writable, and run the same command again: it goes on where it stopped.",
                inner: problem
            ),
            _ => null,
        };

    /// <summary>Adds secrets that only the strategy file knows of.</summary>
    public void Hide(Secrets more)
    {
        Secrets = more;
        Terminal.Hide(more);
        Json.Hide(more);
    }

    /// <summary>Keeps why the run failed, for its exit code; the first reason counts.</summary>
    public void Fail(ReleaseException problem) => Failure ??= problem;

    /// <summary>Ends a run that Cake ended with an exit code of its own.</summary>
    public async Task<int> EndAsync(int cakeCode)
    {
        if (Closing is { } closing)
        {
            await closing.DisposeAsync();
        }

        return End(cakeCode);
    }

    /// <summary>Ends a run in a host of the build's own, whose one exit code for every failure becomes the recipe's when the process exits with it.</summary>
    public void EndInHost()
    {
        var code = EndAsync(ExitCodes.Done).GetAwaiter().GetResult();
        if (code != ExitCodes.Done)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                Environment.ExitCode = Environment.ExitCode is -1 or ExitCodes.Failed ? code : Environment.ExitCode;
        }
    }

    int End(int cakeCode) => Failure is { } problem ? End(problem) : Finish(cakeCode == 0 ? ExitCodes.Done : ExitCodes.Failed);

    /// <summary>Ends a run that failed.</summary>
    public int End(ReleaseException problem)
    {
        Fail(problem);
        var tone = problem.ExitCode == ExitCodes.Paused ? Tone.Warning : Tone.Bad;
        Terminal.Line();
        Terminal.Line(problem.What, tone);
        // What is to be done is known where it failed, how this build is started only here.
        var todo = problem.Todo?.Replace("./build.sh ", $"{command} ", StringComparison.Ordinal);
        foreach (var line in $"{problem.Where}\n{todo}".Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Terminal.Line($"  {line}");
        }

        return Finish(problem.ExitCode);
    }

    int Finish(int exitCode)
    {
        Json.Write(Failure);
        return exitCode;
    }
}
