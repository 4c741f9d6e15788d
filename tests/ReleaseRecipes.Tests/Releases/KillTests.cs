using System.Diagnostics;
using System.Globalization;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>
/// The build process killed at some moment, and the same command run again. RELEASE_RECIPES_KILLS sets how many moments are tried.
/// </summary>
[NonParallelizable]
[Category("Slow")]
public sealed class KillTests
{
    static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("RELEASE_RECIPES_KILLS"), CultureInfo.InvariantCulture, out var rounds)
            ? rounds
            : 6;

    [Test]
    public async Task A_release_that_is_killed_at_any_moment_ends_the_same_when_it_is_run_again()
    {
        await using var service = new ReleasedService();
        var whole = Stopwatch.StartNew();
        Assert.That((await service.ReleaseAsync()).ExitCode, Is.Zero);
        whole.Stop();

        for (var round = 1; round <= Rounds; round++)
        {
            service.Repository.Commit($"feat: number {round}");
            await KillAfterAsync(service, whole.Elapsed * round / (Rounds + 1));

            var second = await service.ReleaseAsync();

            var version = $"0.{round + 1}.0";
            Assert.That(second.ExitCode, Is.Zero, $"round {round}: {second.Output}{second.Error}");
            await AssertReleasedOnceAsync(service, version);
        }
    }

    static async Task KillAfterAsync(ReleasedService service, TimeSpan moment)
    {
        var call = Recipe.Call(service.Repository.Root, "--target=Release", "--approve=production", "--push");
        using var process = ProgramRunner.Start(call);
        process.StandardInput.Close();
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        await Task.WhenAny(Task.Delay(moment), process.WaitForExitAsync());
        process.Kill();
        await process.WaitForExitAsync();
    }

    static async Task AssertReleasedOnceAsync(ReleasedService service, string version)
    {
        var git = service.Repository;
        var local = git.Git("rev-parse", $"refs/tags/v{version}");
        Assert.That(git.Git("ls-remote", "--refs", "origin", $"refs/tags/v{version}"), Does.StartWith(local));
        Assert.That(git.Git("rev-parse", "HEAD"), Is.EqualTo(git.Git("rev-parse", $"v{version}^{{commit}}")));
        Assert.That(git.Git("status", "--porcelain", "--untracked-files=no"), Is.Empty);
        var audit = await service.AskAsync("Audit");
        Assert.That(audit["ok"]!.GetValue<bool>(), Is.True, audit.ToJsonString());
        foreach (var name in new[] { "staging", "production" })
        {
            var environment = await service.EnvironmentAsync(name);
            Assert.That(environment["version"]!.GetValue<string>(), Is.EqualTo(version), name);
            Assert.That(
                environment["weights"]!.AsObject().Select(weight => $"{weight.Key} {weight.Value}"),
                Is.EqualTo(new[] { $"{version} 100" }),
                name
            );
        }
    }
}
