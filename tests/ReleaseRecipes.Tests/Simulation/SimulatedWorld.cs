using System.Text.Json.Nodes;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Ledger;

namespace ReleaseRecipes.Tests.Simulation;

/// <summary>The real deployer in a simulated world. 1.0.0 serves in production unless it is the first deployment; 2.0.0 is the candidate.</summary>
public sealed class SimulatedWorld : IDisposable
{
    public const string Stable = "1.0.0";
    public const string New = "2.0.0";
    readonly StringWriter output = new();
    readonly MemoryLedgerStore memory = new();
    readonly CrashingStore store;

    public SimulatedWorld(EnvironmentSettings environment, bool first = false, Random? random = null, SmokeTester? smoke = null)
    {
        Environment = environment;
        Chaos = new Chaos(Time, random);
        Target = new SimulatedTarget(Chaos);
        store = new CrashingStore(memory, Chaos);
        Smoke = smoke ?? ((_, _, _, _) => Task.FromResult<string?>(null));
        if (!first)
        {
            Target.With(Stable, environment.Replicas, 100);
            Time.Run(() =>
                Ledgers.On(memory, clock: Time).AppendAsync(Ledgers.About(Stable, EventKinds.Verified, environment.Name, ("digest", "d1")))
            );
        }

        Rollout = new Rollout(environment, new ApplicationSettings { Name = "shop" }, Candidate(New), first ? null : Stable);
    }

    public SimulatedTime Time { get; } = new();
    public Chaos Chaos { get; }
    public SimulatedTarget Target { get; }
    public EnvironmentSettings Environment { get; }
    public Rollout Rollout { get; set; }
    public SimulatedMetrics Metrics { get; set; } = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(0));
    public SmokeTester Smoke { get; set; }
    public string Output => output.ToString();

    /// <summary>Told of every event in the moment in which it is recorded.</summary>
    public Action<LedgerEvent>? Recorded
    {
        set =>
            store.Appended = events =>
            {
                foreach (var fact in events)
                {
                    value?.Invoke(fact);
                }
            };
    }

    public IReadOnlyList<LedgerEvent> Events => memory.Events;
    public LedgerState State => LedgerFold.Of(memory.Events);
    public IReadOnlyList<Move> Moves => DeploymentStrategies.Named(Environment.Type).Plan(Rollout);

    public static Candidate Candidate(string version) => new(version, "v" + version, "c" + version, "d" + version);

    public ReleaseLedger Ledger => Ledgers.On(store, clock: Time);

    /// <summary>A new process runs the rollout.</summary>
    public RolloutResult Run() => In(deployer => deployer.RunAsync(Rollout, Moves, CancellationToken.None));

    /// <summary>A person ends the release from another machine, in this very moment.</summary>
    public void AbortFromElsewhere() =>
        Ledgers
            .On(store, clock: Time)
            .AppendAsync(new NewEvent(New, EventKinds.Aborted, new JsonObject { ["reason"] = "ended elsewhere" }))
            .GetAwaiter()
            .GetResult();

    /// <summary>A new process does something.</summary>
    public T In<T>(Func<Deployer, Task<T>> work)
    {
        Chaos.Revive();
        return Time.Run(() =>
            work(new Deployer(Target, Metrics, Ledger, new Effects(Ledger), Time, new Terminal(output, Secrets.None), Smoke))
        );
    }

    public void Dispose() => output.Dispose();
}
