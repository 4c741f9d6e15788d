using System.Collections.Concurrent;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

[Category("Slow")]
public sealed class LedgerSimulationTests
{
    const string SeedVariable = "RELEASE_SIMULATION_SEED";
    const int Seeds = 10_000;

    [Test]
    public void Whatever_goes_wrong_every_release_comes_to_the_same_end()
    {
        var broken = new ConcurrentDictionary<int, string>();
        var seeds = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), out var one) ? [one] : Enumerable.Range(1, Seeds);

        Parallel.ForEach(
            seeds,
            seed =>
            {
                try
                {
                    LedgerSimulation.Run(seed);
                }
                catch (BrokenInvariantException problem)
                {
                    broken[seed] = problem.Message;
                }
            }
        );

        Assert.That(
            broken
                .OrderBy(entry => entry.Key)
                .Take(5)
                .Select(entry =>
                    $"{entry.Value} Replay: {SeedVariable}={entry.Key} dotnet test tests/ReleaseRecipes.Tests --filter {nameof(LedgerSimulationTests)}"
                ),
            Is.Empty,
            $"{broken.Count} seeds"
        );
    }

    [Test]
    public void One_seed_is_always_the_same_life() =>
        Assert.That(LedgerSimulation.Run(42).Select(EventHash.ToLine), Is.EqualTo(LedgerSimulation.Run(42).Select(EventHash.ToLine)));

    [Test]
    public void The_lives_are_eventful_enough_to_prove_something()
    {
        var lives = Enumerable.Range(1, 200).Select(LedgerSimulation.Run).ToList();

        Assert.That(lives.Count(life => life.Any(fact => fact.Kind == EventKinds.RolledBack)), Is.GreaterThan(150), "rollbacks");
        Assert.That(lives.Count(life => life.Any(fact => fact.Kind == EventKinds.Failure)), Is.GreaterThan(20), "failures");
        Assert.That(lives.Count(life => life.Select(fact => fact.Actor).Distinct().Count() > 2), Is.GreaterThan(150), "several releasers");
        Assert.That(lives.Count(TookOver), Is.GreaterThan(20), "leases taken from one who still held them");
    }

    static bool TookOver(IReadOnlyList<LedgerEvent> life)
    {
        var state = LedgerState.Empty;
        foreach (var fact in life)
        {
            var next = LedgerFold.Apply(state, fact);
            if (
                fact.Kind == EventKinds.LeaseTaken
                && fact.Data["environment"]!.ToString() is var name
                && Leases.Held(state, name) is { } held
                && held.Owner != fact.Actor
            )
            {
                return true;
            }

            state = next;
        }

        return false;
    }
}
