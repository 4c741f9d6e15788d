using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Replays the versioning strategy over the repository's own past releases.</summary>
[TaskName("Backtest")]
[TaskDescription("Replays the versioning strategy over the repository's own past releases.")]
public sealed class BacktestTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new RunBacktest(release).RunAsync(cancel);
}
