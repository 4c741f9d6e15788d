using ReleaseRecipes.Deployment.Local;
using ReleaseRecipes.Local.Tests.Support;

namespace ReleaseRecipes.Local.Tests;

/// <summary>Five hundred requests a second, and none of them fails.</summary>
[NonParallelizable]
[Category("Slow")]
public sealed class LoadTests
{
    [Test]
    public async Task No_request_fails_in_a_canary_under_load()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0", 2);
        await machine.ShiftAsync(("1.0.0", 100));
        await using var load = new Load(await machine.UrlAsync(), 500);

        await machine.InstallAsync("1.1.0", 2);
        foreach (var weight in (int[])[10, 25, 50, 100])
        {
            await machine.ShiftAsync(("1.0.0", 100 - weight), ("1.1.0", weight));
            await load.MoreAsync(200);
        }

        await machine.RetireAsync("1.0.0");
        await load.MoreAsync(200);

        Assert.That(load.Failures, Is.Zero, load.Problems);
    }

    [Test]
    public async Task No_request_fails_in_blue_green_switches_under_load()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));
        await using var load = new Load(await machine.UrlAsync(), 500);

        foreach (var (before, after) in (List<(string, string)>)[("1.0.0", "1.1.0"), ("1.1.0", "1.0.0"), ("1.0.0", "1.1.0")])
        {
            await machine.InstallAsync(after);
            await machine.ShiftAsync((after, 100));
            await load.MoreAsync(100);
            await machine.RetireAsync(before);
            await load.MoreAsync(100);
        }

        Assert.That(load.Failures, Is.Zero, load.Problems);
    }

    [Test]
    public async Task No_request_fails_in_a_rolling_replacement_under_load()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0", 3);
        await machine.ShiftAsync(("1.0.0", 100));
        await using var load = new Load(await machine.UrlAsync(), 500);

        foreach (var (candidate, stable) in (List<(int, int)>)[(1, 3), (1, 2), (2, 2), (2, 1), (3, 1)])
        {
            await machine.InstallAsync("1.1.0", candidate);
            await machine.InstallAsync("1.0.0", stable);
            var share = 100 * candidate / (candidate + stable);
            await machine.ShiftAsync(("1.0.0", 100 - share), ("1.1.0", share));
            await load.MoreAsync(50);
        }

        await machine.ShiftAsync(("1.1.0", 100));
        await machine.RetireAsync("1.0.0");
        await load.MoreAsync(50);

        Assert.That(load.Failures, Is.Zero, load.Problems);
    }

    [Test]
    public async Task No_request_fails_while_the_gateway_hands_over_to_the_next_one_under_load()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0", 2);
        await machine.InstallAsync("1.1.0", 2);
        await machine.ShiftAsync(("1.0.0", 50), ("1.1.0", 50));
        await using var load = new Load(await machine.UrlAsync(), 500);

        for (var restart = 0; restart < 3; restart++)
        {
            var before = machine.Gateway.Process;
            await machine.HandOverAsync();
            await Machine.UntilAsync(() => Task.FromResult(machine.Gateway.Process != before), "the next gateway serves");
            await load.MoreAsync(300);
        }

        Assert.That(load.Failures, Is.Zero, load.Problems);
        Assert.That((await machine.VersionsAsync()).Select(version => version.Weight), Is.All.EqualTo(50));
    }
}
