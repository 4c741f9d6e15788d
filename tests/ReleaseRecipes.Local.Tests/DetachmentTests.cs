using ReleaseRecipes.Local.Tests.Support;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Local.Tests;

public sealed class DetachmentTests
{
    /// <summary>A build that ended must not be held up by what it started: neither a pipe of its caller nor a lock stays open.</summary>
    [Test]
    public async Task The_gateway_holds_nothing_of_the_build_that_started_it()
    {
        await using var machine = new Machine();
        machine.Files.Create();
        var program = Path.Combine(AppContext.BaseDirectory, "local");
        var gate = Path.Combine(machine.GitDirectory, "build.lock");
        await File.WriteAllTextAsync(machine.Files.Program, program);

        // As a build script does: locks on low and high numbers, output into a pipe that is read to its end.
        var build = await ProgramRunner.RunAsync(
            new ProgramCall(
                "bash",
                "-c",
                """
                exec 9>"$1" 200>"$1"; flock 9
                dotnet "$2/ReleaseRecipes.Local.dll" watch "$3" kept </dev/null >>"$3/logs/gateway.log" 2>&1 &
                until [ -e "$3/gateway.json" ]; do sleep 0.05; done
                echo done
                """,
                "bash",
                gate,
                program,
                machine.Files.Path
            )
            {
                Timeout = TimeSpan.FromMinutes(1),
            }
        );
        var free = await ProgramRunner.RunAsync(new ProgramCall("flock", "--nonblock", gate, "true"));

        Assert.That((build.Output, build.TimedOut), Is.EqualTo(("done\n", false)));
        Assert.That(free.ExitCode, Is.Zero);
        Assert.That(machine.Gateway.Process.IsAlive, Is.True);
    }
}
