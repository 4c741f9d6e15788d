using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>A kind of project that is recognised by its files, and what its gates run.</summary>
interface IProjectKind
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>The command for a gate; null where these files have none.</summary>
    FoundCommand? Find(GateSettings gate, ProjectFiles files);

    /// <summary>What this kind of project lacks for the gate, as a command to type; null where it has nothing to say.</summary>
    string? WhatToInstall(GateSettings gate, ProjectFiles files) => null;
}

/// <summary>A command found from the project's files.</summary>
/// <param name="Text">What the shell gets.</param>
/// <param name="Why">What was found.</param>
sealed record FoundCommand(string Text, string Why)
{
    /// <summary>The gate's own report folder, as the shell writes it.</summary>
    public static string ReportFolder => OperatingSystem.IsWindows() ? "%RELEASE_GATE_REPORTS%" : "$RELEASE_GATE_REPORTS";

    /// <summary>A command that must run once before.</summary>
    public string? Prepare { get; init; }

    /// <summary>What the project lacks for the evidence that the threshold asks for.</summary>
    public string? Advice { get; init; }

    /// <summary>What it writes into that no command beside it may write into; gates that name the same take turns.</summary>
    public string? Workspace { get; init; }

    /// <summary>Where it writes reports besides the gate's own report folder.</summary>
    public IReadOnlyList<string> Reports { get; init; } = [];
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether it certainly writes a report where it works at all.</summary>
    public bool WritesReport { get; init; }

    /// <summary>The file in the gate's report folder that gets its output, where its output is its report.</summary>
    public string? OutputReport { get; init; }

    /// <summary>How the log shows a line of that output; as it is where null.</summary>
    public Func<string, string>? Shown { get; init; }

    /// <summary>Files that it must leave in the gate's report folder, where it is several programs of which each writes one.</summary>
    public IReadOnlyList<string> MustLeave { get; init; } = [];

    /// <summary>Given the output report, says why it is no evidence though it lists nothing; null where it is.</summary>
    public Func<string, CancellationToken, Task<string?>>? Doubt { get; init; }

    /// <summary>Exit codes that say "found something", not "failed".</summary>
    public IReadOnlyList<int> FindingsExitCodes { get; init; } = [];

    /// <summary>The command that prints the tool's version.</summary>
    public string? ToolVersion { get; init; }
}
