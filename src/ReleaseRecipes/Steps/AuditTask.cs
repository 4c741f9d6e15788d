using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Verifies the whole ledger and prints it.</summary>
[TaskName("Audit")]
[TaskDescription("Verifies the whole ledger and prints it.")]
public sealed class AuditTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new AuditLedger(release).RunAsync(cancel);
}
