using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>
/// The build process killed with everything it started at some moment, sometimes twice, and the same command run again, sometimes on a machine
/// that has nothing but the remote: the end is that of a twin that nobody disturbed. RELEASE_RECIPES_KILLS sets how many moments are tried.
/// </summary>
[NonParallelizable]
[Category("Slow")]
public sealed class KillTests
{
    const int SideBySide = 2;

    static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("RELEASE_RECIPES_KILLS"), CultureInfo.InvariantCulture, out var rounds)
            ? rounds
            : 20;

    [Test]
    public async Task A_release_that_is_killed_at_any_moment_ends_the_same_when_it_is_run_again()
    {
        using var twin = new CommandProject();
        var whole = Stopwatch.StartNew();
        var undisturbed = await twin.ReleaseAsync(twin.First);
        whole.Stop();
        Assert.That(undisturbed.ExitCode, Is.Zero, undisturbed.Output + undisturbed.Error);
        var (shared, local) = (await EndState.SharedAsync(twin, twin.First), EndState.Local(twin.First));
        var wrong = new ConcurrentBag<string>();
        var killed = 0;

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Rounds),
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide },
            async (round, _) =>
            {
                var dice = new Random(round);
                using var project = new CommandProject();
                var place = project.First;
                // Two rounds side by side take longer than the twin alone: the moments are spread over a run of now.
                killed += await KilledAsync(project.Release(place), whole.Elapsed * 1.3 * (round + dice.NextDouble()) / Rounds) ? 1 : 0;
                place = dice.Next(4) == 0 ? project.Clone() : place;
                if (dice.Next(3) == 0)
                {
                    await KilledAsync(project.Release(place), whole.Elapsed * dice.NextDouble());
                }

                var last = await project.ReleaseAsync(place);

                var end = await EndState.SharedAsync(project, place);
                if (last.ExitCode != 0 || end != shared || (place == project.First && EndState.Local(place) != local))
                {
                    wrong.Add(
                        $"round {round}{(place == project.First ? "" : " (another machine)")}: exit code {last.ExitCode}\n{last.Output}{last.Error}\n"
                            + Difference(shared, end)
                            + (place == project.First ? Difference(local, EndState.Local(place)) : "")
                    );
                }
            }
        );

        Assert.That(wrong, Is.Empty, string.Join("\n==========\n", wrong.Take(5)));
        Assert.That(killed, Is.GreaterThan(Rounds / 2), "rounds in which there was something to kill");
    }

    /// <summary>Starts a call and ends it with all that it started. False: it had ended before.</summary>
    static async Task<bool> KilledAsync(ProgramCall call, TimeSpan moment)
    {
        using var process = ProgramRunner.Start(call);
        process.StandardInput.Close();
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        await Task.WhenAny(Task.Delay(moment), process.WaitForExitAsync());
        var alive = !process.HasExited;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        return alive;
    }

    static string Difference(string expected, string found)
    {
        var (there, here) = (expected.Split('\n'), found.Split('\n'));
        return string.Concat(there.Except(here).Select(line => $"- {line}\n").Concat(here.Except(there).Select(line => $"+ {line}\n")));
    }
}
