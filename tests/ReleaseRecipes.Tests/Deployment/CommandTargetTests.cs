using ReleaseRecipes.Deployment;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Simulation;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Deployment;

public sealed class CommandTargetTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static EnvironmentSettings Plain =>
        new("production")
        {
            Type = "blue_green",
            Provider = "command",
            Interval = TimeSpan.FromMilliseconds(20),
            Measurements = 1,
            RollbackThreshold = "error_rate > 1%",
            Command = new CommandSettings
            {
                Deploy = "echo deploy $RELEASE_VERSION after ${RELEASE_PREVIOUS_VERSION:-nothing} >> log; echo $RELEASE_VERSION > serving",
                Rollback = "echo rollback $RELEASE_VERSION >> log; echo $RELEASE_VERSION > serving",
                Status = "cat serving 2>/dev/null || true",
            },
        };

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task The_deploy_command_is_run_once_a_version()
    {
        var places = new Places(new CommandTargetKind(), Plain, folder);

        await places.DeployAsync(SimulatedWorld.Candidate("1.0.0"));
        var second = await places.DeployAsync(SimulatedWorld.Candidate("2.0.0"));

        Assert.That(second, Is.TypeOf<RolloutResult.Verified>());
        Assert.That(Log, Is.EqualTo(new[] { "deploy 1.0.0 after nothing", "deploy 2.0.0 after 1.0.0" }));
    }

    [Test]
    public async Task A_bad_version_is_taken_back_by_the_rollback_command()
    {
        var places = new Places(new CommandTargetKind(), Plain, folder);
        await places.DeployAsync(SimulatedWorld.Candidate("1.0.0"));
        places.Metrics = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(0.5));

        var result = await places.DeployAsync(SimulatedWorld.Candidate("2.0.0"));

        Assert.That(result, Has.Property("Restored").True);
        Assert.That(Log[^1], Is.EqualTo("rollback 1.0.0"));
        Assert.That(places.Verified, Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task A_shift_command_splits_the_traffic()
    {
        var settings = Plain with
        {
            Type = "canary",
            CanaryPercentage = [20, 100],
            Command = new CommandSettings { Deploy = "echo deploy $RELEASE_VERSION >> log", Shift = "echo shift $RELEASE_WEIGHTS >> log" },
        };
        var places = new Places(new CommandTargetKind(), settings, folder);

        await places.DeployAsync(SimulatedWorld.Candidate("1.0.0"));
        await places.DeployAsync(SimulatedWorld.Candidate("2.0.0"));

        Assert.That(
            Log,
            Is.EqualTo(
                new[]
                {
                    "deploy 1.0.0",
                    "shift {\"1.0.0\":100}",
                    "deploy 2.0.0",
                    "shift {\"2.0.0\":20,\"1.0.0\":80}",
                    "shift {\"2.0.0\":100}",
                }
            )
        );
    }

    [Test]
    public async Task A_failing_deploy_command_shows_its_last_words()
    {
        var settings = Plain with { Command = Plain.Command with { Deploy = "echo no space left >&2; exit 7" } };
        var places = new Places(new CommandTargetKind(), settings, folder);

        var result = await places.DeployAsync(SimulatedWorld.Candidate("1.0.0"));

        Assert.That(
            result,
            Is.TypeOf<RolloutResult.RolledBack>()
                .With.Property("Reason")
                .Contains("exit code 7")
                .And.Property("Reason")
                .Contains("no space left")
        );
    }

    [Test]
    public async Task What_the_commands_cannot_do_is_missing_before_anything_is_done()
    {
        var settings = new EnvironmentSettings("production") { Type = "canary", SmokeTest = "curl" };

        var missing = await new CommandTargetKind().MissingAsync(
            new TargetPlace(settings, new ApplicationSettings(), folder.Path, folder.Path, 0),
            CancellationToken.None
        );

        Assert.That(missing, Has.Count.EqualTo(3));
    }

    string[] Log => File.ReadAllLines(folder["log"]);
}
