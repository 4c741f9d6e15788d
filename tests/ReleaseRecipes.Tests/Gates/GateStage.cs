using ReleaseRecipes.Gates;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Tests.Gates;

/// <summary>A folder in which gates are planned and run for one test.</summary>
sealed class GateStage : IDisposable
{
    readonly StringWriter output = new();

    public TemporaryFolder Folder { get; } = new();

    /// <summary>What was shown.</summary>
    public string Output => output.ToString();

    public async Task<GateResult> RunAsync(GateSettings gate, CancellationToken cancel = default) =>
        (await ReportAsync([gate], cancel: cancel)).Gates.Single();

    public Task<GateReport> ReportAsync(
        IReadOnlyList<GateSettings> gates,
        int? parallel = null,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, Quantity>>? baselines = null,
        IEnumerable<IGate>? registered = null,
        bool interactive = false,
        CancellationToken cancel = default
    ) =>
        new GateRun(
            Folder.Path,
            Folder["logs"],
            new Terminal(output, Secrets.None, interactive),
            Secrets.None,
            TimeProvider.System
        ).RunAsync(GatePlan.For(gates, Folder.Path, registered), baselines, parallel, cancel);

    public void Dispose()
    {
        Folder.Dispose();
        output.Dispose();
    }
}
