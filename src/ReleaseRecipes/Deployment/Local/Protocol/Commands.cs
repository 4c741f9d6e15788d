namespace ReleaseRecipes.Deployment.Local.Protocol;

/// <summary>What runs as one version: two specifications that differ are never served by the same process.</summary>
/// <param name="Slot">The folder that the command runs in.</param>
/// <param name="Command">The shell's command line; <c>{port}</c> is replaced.</param>
/// <param name="HealthPath">The path that answers 2xx when an instance is healthy.</param>
/// <param name="StartTimeout">Seconds that an instance may take to become healthy.</param>
sealed record VersionSpec(string Slot, string Command, string HealthPath, double StartTimeout);

/// <summary>Run so many healthy instances of a version.</summary>
/// <param name="Environment">The variables that the instances see; never written to disk.</param>
/// <param name="Release">The variables of the release itself; kept.</param>
sealed record InstallCommand(
    string Version,
    VersionSpec Spec,
    int Instances,
    Dictionary<string, string> Environment,
    Dictionary<string, string> Release
);

/// <summary>Split the traffic, and see to it that there is evidence.</summary>
/// <param name="Watch">How long probes make up for missing traffic, in seconds.</param>
/// <param name="Rate">How many requests a second each version must see meanwhile.</param>
sealed record ShiftCommand(Dictionary<string, int> Weights, double Watch, double Rate);

/// <summary>Stop a version.</summary>
/// <param name="Patience">How long requests under way may take, in seconds.</param>
sealed record RetireCommand(string Version, double Patience);

/// <summary>Who the gateway is.</summary>
/// <param name="Control">The port that takes commands.</param>
/// <param name="Port">The port that serves users.</param>
/// <param name="Program">The folder of its program files.</param>
sealed record GatewayPlace(ProcessIdentity Process, int Control, int Port, string Program);

/// <summary>What the gateway answers about itself.</summary>
sealed record GatewayStatus(string Environment, int Port, long Fence, List<VersionStatus> Versions);

/// <summary>One version as the gateway sees it.</summary>
sealed record VersionStatus(string Version, int Weight, int Instances, string Slot, List<InstanceStatus> Running);

/// <summary>One instance as the gateway sees it.</summary>
/// <param name="State">starting, healthy, unhealthy, waiting (before a restart) or stopping.</param>
sealed record InstanceStatus(int Ordinal, int Port, int? Process, string State, int Crashes, int Requests, string Log, string? Problem);

/// <summary>What was measured of one version in a window. Counts and times include the gateway's own probes.</summary>
/// <param name="Errors">Answers of 500 and above, and requests that got no answer.</param>
/// <param name="Seconds">The sum of all response times.</param>
/// <param name="Latencies">Single response times in seconds, sorted: all of them up to several hundred a second, a fair sample beyond.</param>
sealed record VersionMeasured(
    string Version,
    long Requests,
    long Errors,
    long Probes,
    long Crashes,
    double Seconds,
    List<double> Latencies
);

/// <summary>A refusal or failure, in the words of <see cref="ReleaseException"/>.</summary>
sealed record Refusal(string What, string? Where, string? Todo);

/// <summary>One line of the answer to an install: what happens, and at the end a failure or none.</summary>
sealed record InstallNews(string? Progress, Refusal? Failed, bool Done);
