using System.Collections.Concurrent;
using System.Globalization;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

[Category("Slow")]
public sealed class ReleaseLifeTests
{
    const string SeedVariable = "RELEASE_SIMULATION_SEED";
    const string CountVariable = "RELEASE_SIMULATION_SEEDS";
    const int Seeds = 150;

    [Test]
    public void Whatever_goes_wrong_every_release_comes_to_the_same_end()
    {
        var broken = new ConcurrentDictionary<int, string>();

        Parallel.ForEach(
            Chosen(),
            seed =>
            {
                try
                {
                    Live(seed);
                }
                catch (Exception problem)
                {
                    broken[seed] = problem is BrokenInvariantException ? problem.Message : problem.ToString();
                }
            }
        );

        Assert.That(
            broken
                .OrderBy(entry => entry.Key)
                .Take(5)
                .Select(entry =>
                    $"{entry.Value} Replay: {SeedVariable}={entry.Key} dotnet test tests/ReleaseRecipes.Tests --filter {nameof(ReleaseLifeTests)}"
                ),
            Is.Empty,
            $"{broken.Count} seeds"
        );
    }

    [Test]
    public void One_seed_is_always_the_same_life() =>
        Assert.That(Live(42).Select(EventHash.ToLine), Is.EqualTo(Live(42).Select(EventHash.ToLine)));

    [Test]
    public void The_lives_are_eventful_enough_to_prove_something()
    {
        var lives = Enumerable.Range(1, 200).AsParallel().Select(Live).ToList();

        Assert.That(lives.Count(life => Has(life, EventKinds.RolledBack)), Is.GreaterThan(30), "rollbacks");
        Assert.That(lives.Count(life => Has(life, EventKinds.Failure)), Is.GreaterThan(10), "failures");
        Assert.That(lives.Count(life => Has(life, EventKinds.Aborted)), Is.GreaterThan(10), "ended by a person");
        Assert.That(lives.Count(life => life.Select(fact => fact.Actor).Distinct().Count() > 2), Is.GreaterThan(150), "several releasers");
        Assert.That(lives.Count(MadeAnew), Is.GreaterThan(5), "made anew after a machine was lost or the branch moved");
        Assert.That(lives.Count(TookOver), Is.GreaterThan(20), "leases taken from one who still held them");
    }

    static IReadOnlyList<LedgerEvent> Live(int seed)
    {
        using var life = new ReleaseLife(seed);
        return life.Run();
    }

    static IEnumerable<int> Chosen() => Number(SeedVariable) is { } seed ? [seed] : Enumerable.Range(1, Number(CountVariable) ?? Seeds);

    static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    static bool Has(IReadOnlyList<LedgerEvent> life, string kind) => life.Any(fact => fact.Kind == kind);

    static bool MadeAnew(IReadOnlyList<LedgerEvent> life) =>
        life.Where(fact => fact.Kind == EventKinds.Intent && Effect.Is(LedgerFold.Text(fact, "key"), "commit"))
            .GroupBy(fact => fact.Release)
            .Any(release => release.Select(fact => LedgerFold.Text(fact, "key")).Distinct().Count() > 1);

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
