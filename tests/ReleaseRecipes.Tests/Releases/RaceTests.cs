using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>Several releasers of one remote at the same time, each a process in a clone of its own. RELEASE_RECIPES_RACES sets how many races.</summary>
[NonParallelizable]
[Category("Slow")]
public sealed class RaceTests
{
    static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("RELEASE_RECIPES_RACES"), out var rounds) ? rounds : 5;

    [TestCase(2)]
    [TestCase(4)]
    public async Task Of_several_releasers_exactly_one_makes_the_release(int releasers)
    {
        using var twin = new CommandProject("");
        Assert.That((await twin.ReleaseAsync(twin.First)).ExitCode, Is.Zero);
        var alone = await EndState.SharedAsync(twin, twin.First);
        for (var round = 0; round < Rounds; round++)
        {
            using var project = new CommandProject("");
            var clones = Enumerable.Range(0, releasers).Select(_ => project.Clone()).ToList();

            var results = await Task.WhenAll(clones.Select(project.ReleaseAsync));

            var said = string.Join("\n=====\n", results.Select(result => $"{result.ExitCode}: {result.Output}{result.Error}"));
            var winner = results.ToList().FindIndex(result => result.ExitCode == 0);
            Assert.That(winner, Is.GreaterThanOrEqualTo(0), $"round {round}: {said}");
            Assert.That(
                results.Where(result => result.ExitCode != 0),
                Is.All.Matches<ProgramResult>(SaysWhoHasIt),
                $"round {round}: {said}"
            );
            Assert.That(await EndState.SharedAsync(project, clones[winner]), Is.EqualTo(alone), $"round {round}: {said}");
        }
    }

    static bool SaysWhoHasIt(ProgramResult? loser) =>
        loser!.ExitCode == 1
        && loser.Output.Contains("Another releaser is changing", StringComparison.Ordinal)
        && loser.Output.Contains("Ada <ada@example.com> on ", StringComparison.Ordinal)
        && loser.Output.Contains(", since 2", StringComparison.Ordinal)
        && loser.Output.Contains("--target=Abort", StringComparison.Ordinal);
}
