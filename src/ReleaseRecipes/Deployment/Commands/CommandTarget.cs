using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// A place that only the user's own commands know. With a <c>shift</c> command, <c>deploy</c> brings a version up without traffic and <c>shift</c>
/// splits it: RELEASE_WEIGHT percent go to RELEASE_VERSION, and RELEASE_WEIGHTS has all of it as JSON. Without one, <c>deploy</c> makes the version serve everything, and is run when the traffic is to move.
/// </summary>
public sealed class CommandTarget(TargetPlace place) : ITarget
{
    const int LinesShown = 10;
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);
    CommandSettings Hooks => place.Environment.Command;
    bool Splits => Hooks.Shift is not null;

    public async Task<TargetState> ReadAsync(CancellationToken cancel)
    {
        var memory = PlaceMemory.Read(place);
        var weights = Hooks.Status is null ? memory.Weights : await AskAsync(Hooks.Status, memory, cancel);
        var versions = memory.Instances.Keys.Union(weights?.Keys ?? []);
        return new TargetState(
            [
                .. versions.Select(version =>
                {
                    var instances = memory.Instances.GetValueOrDefault(version, place.Environment.Replicas);
                    return new RunningVersion(version, instances, instances, weights?.GetValueOrDefault(version) ?? 0);
                }),
            ],
            null
        );
    }

    public async Task InstallAsync(
        string version,
        Candidate? artifacts,
        int instances,
        IProgress<string> progress,
        CancellationToken cancel
    )
    {
        var memory = PlaceMemory.Read(place);
        memory = artifacts is null ? memory : memory with { Candidate = artifacts };
        if (Splits && !IsTakenOnTrust(memory))
        {
            progress.Report($"deploying {version}");
            await RunAsync(DeployOrRollback(memory, version), memory, version, new() { ["RELEASE_INSTANCES"] = $"{instances}" }, cancel);
        }

        memory.With(version, instances).Write(place);
    }

    public async Task ShiftAsync(IReadOnlyDictionary<string, int> weights, CancellationToken cancel)
    {
        var memory = PlaceMemory.Read(place);
        var all = weights.FirstOrDefault(weight => weight.Value == 100).Key;
        if (Splits)
        {
            var split = new JsonObject(weights.Select(weight => KeyValuePair.Create<string, JsonNode?>(weight.Key, weight.Value)));
            var version = all ?? weights.Keys.FirstOrDefault(version => version == memory.Candidate?.Version) ?? "";
            var shares = new Dictionary<string, string?>
            {
                ["RELEASE_WEIGHT"] = weights.GetValueOrDefault(version).ToString(CultureInfo.InvariantCulture),
                ["RELEASE_WEIGHTS"] = split.ToJsonString(),
            };
            await RunAsync(Hooks.Shift!, memory, version, shares, cancel);
        }
        else if (weights.Count > 0 && all is null)
        {
            throw new ReleaseException("Without command.shift the traffic cannot be split.");
        }
        else if (all is not null && !IsTakenOnTrust(memory))
        {
            await RunAsync(DeployOrRollback(memory, all), memory, all, [], cancel);
        }

        (memory with { Weights = weights }).Write(place);
    }

    public Task RetireAsync(string version, CancellationToken cancel)
    {
        PlaceMemory.Read(place).With(version, 0).Write(place);
        return Task.CompletedTask;
    }

    public Task<Uri?> PreviewAsync(string version, CancellationToken cancel) => Task.FromResult<Uri?>(null);

    /// <summary>Prints one version, or a JSON object of versions and their weights.</summary>
    async Task<IReadOnlyDictionary<string, int>> AskAsync(string status, PlaceMemory memory, CancellationToken cancel)
    {
        var text = (await RunAsync(status, memory, "", [], cancel)).Trim();
        if (text.StartsWith('{'))
        {
            try
            {
                return ((JsonObject)JsonNode.Parse(text)!).ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<int>());
            }
            catch (Exception problem) when (problem is JsonException or InvalidOperationException or NullReferenceException)
            {
                throw new ReleaseException(
                    "command.status printed neither a version nor a JSON object of versions and percents.",
                    text[..Math.Min(200, text.Length)]
                );
            }
        }

        // One name says who serves, not in which shares: those are remembered.
        return memory.Weights is { Count: > 1 } split && split.ContainsKey(text) ? split
            : text.Length == 0 ? new Dictionary<string, int>()
            : new Dictionary<string, int> { [text] = 100 };
    }

    /// <summary>Where the place cannot be asked and nothing of it is remembered, the ledger's word for what was verified there stands.</summary>
    bool IsTakenOnTrust(PlaceMemory memory) => Hooks.Status is null && memory.Weights is null && memory.Candidate is null;

    string DeployOrRollback(PlaceMemory memory, string version) =>
        (version == memory.Candidate?.Version ? null : Hooks.Rollback)
        ?? Hooks.Deploy
        ?? throw new ReleaseException(
            "command.deploy is not set.",
            todo: "Name the command that deploys a version.",
            exitCode: ExitCodes.WrongInput
        );

    async Task<string> RunAsync(
        string command,
        PlaceMemory memory,
        string version,
        Dictionary<string, string?> more,
        CancellationToken cancel
    )
    {
        var candidate = memory.Candidate is { } brought && brought.Version == version ? brought : new Candidate(version, "", "", "");
        var variables = new Dictionary<string, string?>(
            ReleaseVariables.Of(new Rollout(place.Environment, place.Application, candidate, memory.Serving)).Concat(more)
        )
        {
            ["RELEASE_ARTIFACTS"] = candidate.Root,
        };
        var result = await ProgramRunner.RunAsync(
            Shell.Call(command) with
            {
                WorkingDirectory = place.Root,
                Environment = variables,
                Timeout = Limit,
            },
            cancel
        );
        return result.Succeeded
            ? result.Output
            : throw new ReleaseException(
                result.TimedOut
                    ? $"'{command}' took longer than {Durations.Format(Limit)}."
                    : $"'{command}' ended with exit code {result.ExitCode}.",
                string.Join('\n', (result.Output + result.Error).TrimEnd().Split('\n').TakeLast(LinesShown))
            );
    }
}
