using System.Text.Json;
using System.Text.Json.Serialization;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Local;

/// <summary>What is to run, as last commanded. Written before it is acted on: a restarted gateway brings about the same.</summary>
sealed record DesiredState
{
    /// <summary>The highest fencing number that any command carried.</summary>
    public long Fence { get; init; }

    /// <summary>Version to percent; empty before the first shift.</summary>
    public Dictionary<string, int> Weights { get; init; } = [];

    public Dictionary<string, DesiredVersion> Versions { get; init; } = [];

    /// <summary>Until when probes make up for missing traffic, in milliseconds since 1970.</summary>
    public long WatchUntil { get; init; }

    /// <summary>How many requests a second each version must see until then.</summary>
    public double WatchRate { get; init; }

    public static DesiredState Read(EnvironmentFolder folder) =>
        WholeFile.Read(folder.State) is { } text ? JsonSerializer.Deserialize(text, StateJson.Default.DesiredState) ?? new() : new();

    public void Write(EnvironmentFolder folder) =>
        WholeFile.Write(folder.State, JsonSerializer.Serialize(this, StateJson.Default.DesiredState));
}

/// <summary>One version that is to run.</summary>
sealed record DesiredVersion(VersionSpec Spec, int Instances, Dictionary<string, string> Release);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DesiredState))]
[JsonSerializable(typeof(Supervision.ProcessRecord))]
sealed partial class StateJson : JsonSerializerContext;
