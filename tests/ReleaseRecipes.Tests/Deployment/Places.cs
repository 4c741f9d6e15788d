using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Ledger;
using ReleaseRecipes.Tests.Simulation;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Deployment;

/// <summary>Runs real rollouts on a target of any kind, with a ledger in memory.</summary>
public sealed class Places(ITargetKind kind, EnvironmentSettings environment, TemporaryFolder folder)
{
    readonly MemoryLedgerStore store = new();

    public IMetricSource Metrics { get; set; } = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(0));

    public ApplicationSettings Application { get; set; } = new() { Name = "shop" };

    public ITarget Target => kind.Open(new TargetPlace(environment, Application, folder.Path, folder[".git"], 1));

    public string? Verified => LedgerFold.Of(store.Events).Environments.GetValueOrDefault(environment.Name)?.Verified;

    public Task<RolloutResult> DeployAsync(Candidate candidate)
    {
        var rollout = new Rollout(environment, Application, candidate, Verified);
        return Deployer().RunAsync(rollout, DeploymentStrategies.Named(environment.Type).Plan(rollout), CancellationToken.None);
    }

    public Task<RolloutResult.RolledBack> RollbackAsync() =>
        Deployer().RollbackAsync(environment, new ApplicationSettings(), null, "by hand", CancellationToken.None);

    Deployer Deployer()
    {
        var ledger = Ledgers.On(store);
        return new Deployer(Target, Metrics, ledger, new Effects(ledger), TimeProvider.System, new Terminal(TextWriter.Null, Secrets.None));
    }
}
