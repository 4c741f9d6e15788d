namespace ReleaseRecipes;

/// <summary>What the command line asks for beyond the target.</summary>
public sealed record ReleaseOptions
{
    /// <summary>auto, major, minor, patch, prerelease or hotfix; for <c>Init</c> service, library or monorepo.</summary>
    public string Type { get; init; } = "auto";

    /// <summary>The CI server that <c>Init</c> writes for: github, gitlab or azure; found by the remote where null.</summary>
    public string? Server { get; init; }

    /// <summary>The version to release, approve or roll back to, where it is not found out.</summary>
    public string? ReleaseVersion { get; init; }
    public string? Environment { get; init; }
    public string? Gate { get; init; }

    /// <summary>The components that are asked for; empty: all.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>The environments that whoever runs the command approves.</summary>
    public IReadOnlyList<string> Approve { get; init; } = [];
    public string? Reason { get; init; }

    /// <summary>Whether the changelog covers the whole history. Only with the target <c>Changelog</c>.</summary>
    public bool All { get; init; }

    /// <summary>The file that a changelog or an audit is written to.</summary>
    public string? Output { get; init; }

    /// <summary>The strategy file; <c>release-strategy.yml</c> at the root where null.</summary>
    public string? Strategy { get; init; }

    /// <summary>Whether commits, tags and the ledger are pushed.</summary>
    public bool Push { get; init; }

    /// <summary>Whether an approval overrides the rules, where the strategy allows that.</summary>
    public bool Override { get; init; }

    /// <summary>Whether <c>Approve</c> takes an approval back instead.</summary>
    public bool Revoke { get; init; }

    /// <summary>From when on an audit reports, inclusive; from the beginning where null.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Until when an audit reports, exclusive; to the end where null.</summary>
    public DateTimeOffset? Until { get; init; }
    public bool AllowDirty { get; init; }

    /// <summary>The file that gets the JSON document; <c>-</c> for standard output; none where null.</summary>
    public string? Json { get; init; }

    /// <summary>How many of the last releases <c>Backtest</c> replays; all where null.</summary>
    public int? Last { get; init; }

    /// <summary>Whether a step runs alone, on what the ledger knows of the steps before it.</summary>
    public bool Exclusive { get; init; }

    /// <summary>The command that a reader types to run this build: <c>./build.sh</c>.</summary>
    public string Command { get; init; } = "./build.sh";

    /// <summary>The target that was asked for.</summary>
    public string Target { get; init; } = "Plan";

    /// <summary>Whether the target only reads, so that it needs no remote and changes nothing.</summary>
    public bool OnlyReads =>
        Target is "Plan" or "Version" or "Changelog" or "Status" or "Backtest" or "Validate" or "Explain" or "Doctor" or "Audit";

    /// <summary>The folder that the build works in.</summary>
    public string Folder { get; init; } = ".";

    /// <summary>The command line that runs a target in the same folder.</summary>
    public string CommandFor(string target) => $"{Command} --target={target}";

    /// <summary>The environment that a command cannot do without.</summary>
    /// <exception cref="ReleaseException">None is named.</exception>
    public string DemandEnvironment() =>
        Environment
        ?? throw new ReleaseException("Which environment?", todo: "Name it: --environment=NAME", exitCode: ExitCodes.WrongInput);
}
