using System.Collections.Concurrent;
using System.Globalization;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

[Category("Slow")]
public sealed class ReleaseLifeTests
{
    const string SeedVariable = "RELEASE_SIMULATION_SEED";
    const string CountVariable = "RELEASE_SIMULATION_SEEDS";
    const int Seeds = 1000;

    [Test]
    public void Whatever_goes_wrong_every_release_comes_to_the_same_end_and_enough_goes_wrong()
    {
        var broken = new ConcurrentDictionary<int, string>();
        var lives = new ConcurrentBag<Events>();

        Parallel.ForEach(
            Chosen(),
            seed =>
            {
                try
                {
                    lives.Add(Events.Of(Live(seed)));
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
        if (Number(SeedVariable) is null)
        {
            // Lives in which nothing happens would prove nothing.
            using var all = Assert.EnterMultipleScope();
            Assert.That(Percent(lives, life => life.RolledBack), Is.GreaterThan(15), "rollbacks");
            Assert.That(Percent(lives, life => life.Failed), Is.GreaterThan(10), "effects that failed");
            Assert.That(Percent(lives, life => life.Aborted), Is.GreaterThan(5), "ended by a person");
            Assert.That(Percent(lives, life => life.Releasers > 2), Is.GreaterThan(75), "several releasers");
            Assert.That(Percent(lives, life => life.MadeAnew), Is.GreaterThan(2), "made anew after a machine was lost or the branch moved");
            Assert.That(Percent(lives, life => life.TookOver), Is.GreaterThan(10), "leases taken from one who still held them");
        }
    }

    [Test]
    public void One_seed_is_always_the_same_life() => Assert.That(Live(42).Select(Told), Is.EqualTo(Live(42).Select(Told)));

    // An approval has a number that is truly random; it changes hashes, and nothing that happens.
    static string Told(LedgerEvent fact) =>
        $"{fact.Sequence} {EventHash.Time(fact.At)} {fact.Actor}: {fact.Release} {fact.Kind} {LedgerFold.Text(fact, "key")}";

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

    static double Percent(IReadOnlyCollection<Events> lives, Func<Events, bool> has) => 100.0 * lives.Count(has) / lives.Count;
}
