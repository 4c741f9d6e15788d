using System.Collections.Concurrent;
using System.Globalization;

namespace ReleaseRecipes.Tests.Simulation;

/// <summary>
/// The real deployer in ten thousand simulated worlds: slow and failing targets, flapping metrics, dying instances, deaths of the deployer, wrong
/// clocks. A seed that fails is run again alone by the command that the failure prints.
/// </summary>
[Category("Slow")]
public sealed class SimulationTests
{
    const string SeedVariable = "RELEASE_RECIPES_SEED";
    const int Seeds = 10_000;

    [Test]
    public void What_must_hold_holds_in_every_simulated_world()
    {
        var wrong = new ConcurrentBag<string>();

        Parallel.ForEach(
            Chosen(),
            seed =>
            {
                foreach (var what in new SeededRollout(seed).Run())
                {
                    wrong.Add(
                        $"{SeedVariable}={seed} dotnet test tests/ReleaseRecipes.Tests --filter {nameof(SimulationTests)}\n    {what}"
                    );
                }
            }
        );

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong.Order().Take(10)));
    }

    static IEnumerable<int> Chosen() =>
        int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? [seed]
            : Enumerable.Range(1, Seeds);
}
