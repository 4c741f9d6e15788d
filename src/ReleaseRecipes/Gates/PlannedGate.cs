using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ReleaseRecipes.Gates;

/// <summary>What one gate will run, and why.</summary>
/// <param name="Name">Its name in the strategy file.</param>
public sealed partial record PlannedGate(string Name)
{
    /// <summary>Whether the release stops when this gate is not passed.</summary>
    public bool Required { get; init; } = true;

    /// <summary>The command that the shell gets; null where there is nothing to run.</summary>
    public string? Command { get; init; }

    /// <summary>Where the command comes from, or why there is none.</summary>
    public string Why { get; init; } = "";

    /// <summary>What to write where there is nothing to run, or what to add for the evidence that the threshold asks for.</summary>
    public string? Advice { get; init; }

    /// <summary>A command that gates share and that runs once before them, such as restoring packages.</summary>
    public string? Prepare { get; init; }

    /// <summary>Globs of reports under the root. The gate's own report folder is always read too.</summary>
    public IReadOnlyList<string> Reports { get; init; } = [];

    /// <summary>What the command writes into that no gate beside it may write into; null where that is nothing.</summary>
    public string? Workspace { get; init; }

    /// <summary>Whether the command certainly writes a report, so that none is no pass, with or without a threshold.</summary>
    public bool ExpectsReport { get; init; }

    /// <summary>The file in the gate's report folder that gets the command's output, where the output is the report; none where null.</summary>
    public string? OutputReport { get; init; }

    /// <summary>Given the output report, says why finding nothing is no evidence; null where it is. Asked only then.</summary>
    internal Func<string, CancellationToken, Task<string?>>? Doubt { get; init; }

    /// <summary>How the log shows a line of that output; as it is where null.</summary>
    public Func<string, string>? Shown { get; init; }

    /// <summary>Files that the command must leave in the gate's report folder: one for each scanner that it runs.</summary>
    public IReadOnlyList<string> MustLeave { get; init; } = [];

    /// <summary>Exit codes by which a scanner says that it found something, which the threshold then judges.</summary>
    public IReadOnlyList<int> FindingsExitCodes { get; init; } = [];

    /// <summary>The condition over the metrics; the exit code alone decides where null.</summary>
    public string? Threshold { get; init; }
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often the command is run again after a failure.</summary>
    public int Retries { get; init; }

    /// <summary>Whether no other gate may run beside it.</summary>
    public bool Exclusive { get; init; }

    /// <summary>Variables set for the command beside <c>RELEASE_GATE_REPORTS</c>, the gate's own report folder.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The command that prints the version of the tool; null where it is not known.</summary>
    public string? ToolVersion { get; init; }

    /// <summary>The class that answers instead of a command; null for commands.</summary>
    public IGate? Custom { get; init; }

    /// <summary>The name as that of a file, whatever the strategy file calls the gate.</summary>
    public string FileName =>
        Unusual().IsMatch(Name)
            ? $"{Unusual().Replace(Name, "_")}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Name)))[..8]}"
            : Name;

    /// <summary>
    /// Says that two runs would be the same: an earlier result with the same fingerprint may be taken again. Null where that
    /// can never be said: uncommitted changes, or a class that looks at the world outside.
    /// </summary>
    public string? Fingerprint(string commit, bool clean)
    {
        if (!clean || Custom is not null || Command is null)
        {
            return null;
        }

        string?[] parts =
        [
            commit,
            Name,
            Command,
            Prepare,
            Threshold,
            string.Join('\n', Reports),
            string.Join('\n', Environment.Select(pair => $"{pair.Key}={pair.Value}")),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
    }

    /// <summary>The gate in the JSON of <c>Plan</c>.</summary>
    public JsonObject ToJson() =>
        new()
        {
            ["name"] = Name,
            ["required"] = Required,
            ["command"] = Command,
            ["why"] = Why,
            ["advice"] = Advice,
            ["prepare"] = Prepare,
            ["reports"] = new JsonArray([.. Reports.Select(glob => (JsonNode)glob)]),
            ["threshold"] = Threshold,
        };

    [GeneratedRegex(@"^\W|[^\w-]|^$|.{80,}", RegexOptions.ECMAScript)]
    private static partial Regex Unusual();
}
