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

    public EnvironmentSettings Environment { get; set; } = environment;

    public IReadOnlyList<LedgerEvent> Events => store.Events;

    /// <summary>What is put between the deployer and the target.</summary>
    public Func<ITarget, ITarget> Between { get; set; } = target => target;

    public ITarget Target => kind.Open(new TargetPlace(Environment, Application, folder.Path, folder[".git"], 1));

    public string? Verified => LedgerFold.Of(store.Events).Environments.GetValueOrDefault(Environment.Name)?.Verified;

    /// <summary>As if that version had been released here before.</summary>
    public Task HasVerifiedAsync(string version) =>
        Ledgers.On(store).AppendAsync(Ledgers.About(version, EventKinds.Verified, Environment.Name));

    public Task<RolloutResult> DeployAsync(Candidate candidate)
    {
        var rollout = new Rollout(Environment, Application, candidate, Verified);
        return Deployer().RunAsync(rollout, DeploymentStrategies.Named(Environment.Type).Plan(rollout), CancellationToken.None);
    }

    public Task<RolloutResult.RolledBack> RollbackAsync() =>
        Deployer().RollbackAsync(Environment, new ApplicationSettings(), null, "by hand", CancellationToken.None);

    Deployer Deployer()
    {
        var ledger = Ledgers.On(store);
        return new Deployer(
            Between(Target),
            Metrics,
            ledger,
            new Effects(ledger),
            TimeProvider.System,
            new Terminal(TextWriter.Null, Secrets.None)
        );
    }
}
