using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using ReleaseRecipes.Output;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Programs;

[Platform(Exclude = "Win")]
public sealed class ShellSessionTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task Both_streams_go_into_one_log_in_their_order()
    {
        var (result, log) = await RunAsync("echo one; echo two >&2; echo three; exit 3");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(log, Is.EqualTo("one\ntwo\nthree\n"));
    }

    [Test]
    public async Task There_is_nothing_to_read()
    {
        var (result, log) = await RunAsync("cat; read x; echo \"read $?\"");

        Assert.That((result.Succeeded, log), Is.EqualTo((true, "read 1\n")));
    }

    [Test]
    public async Task Quotes_dollars_and_line_breaks_reach_the_shell_as_they_are()
    {
        var (_, log) = await RunAsync("x='a  b'; echo \"$x\" '$x' \"it's\"\necho second");

        Assert.That(log, Is.EqualTo("a  b $x it's\nsecond\n"));
    }

    [Test]
    public async Task A_timeout_ends_children_that_left_their_parent_and_their_session()
    {
        var clock = new FakeTimeProvider();

        var run = RunAsync(
            $"""
            sh -c 'echo $$ > {folder["child"]}; exec sleep 1000' &
            setsid sh -c 'echo $$ > {folder["session"]}; exec sleep 1000' &
            (setsid sh -c 'trap "" TERM; echo $$ > {folder["orphan"]}; sleep 1000 & wait; sleep 1000' &) &
            while [ ! -s {folder["child"]} ] || [ ! -s {folder["session"]} ] || [ ! -s {folder["orphan"]} ]; do sleep 0.05; done
            touch {folder["ready"]}; sleep 1000
            """,
            timeout: TimeSpan.FromMinutes(1),
            clock: clock
        );

        Assert.That(() => File.Exists(folder["ready"]), Is.True.After(60_000, 20));
        clock.Advance(TimeSpan.FromMinutes(2));
        var (result, _) = await run;

        Assert.That((result.TimedOut, result.ExitCode), Is.EqualTo((true, 124)));
        Assert.That(new[] { "child", "session", "orphan" }.Where(IsRunning), Is.Empty);
    }

    [Test]
    public async Task Children_that_multiply_do_not_survive_the_timeout()
    {
        var mark = folder["bomb"];
        await File.WriteAllTextAsync(mark, "#!/bin/sh\n[ $1 -gt 5 ] && exec sleep 1000\nsetsid $0 $(($1+1)) & $0 $(($1+1)) &\nwait\n");

        var (result, _) = await RunAsync($"chmod +x {mark}; {mark} 0", timeout: TimeSpan.FromSeconds(1));

        Assert.That(result.TimedOut);
        Assert.That(ProcessesNaming(folder.Path), Is.Empty);
    }

    [Test]
    public async Task A_child_that_drops_its_environment_and_its_session_does_not_survive_the_timeout()
    {
        using (var group = ControlGroup.Of(ProcessMarker.New(folder.Path)))
        {
            if (group is null)
            {
                Assert.Ignore("needs a control group (version 2) that this process may make");
            }
        }

        var clock = new FakeTimeProvider();
        var run = RunAsync(
            $"(env -i setsid sh -c 'echo $$ > {folder["hidden"]}; exec sleep 1000' > /dev/null 2>&1 &); while [ ! -s {folder["hidden"]} ]; do sleep 0.05; done; touch {folder["ready"]}; sleep 1000",
            timeout: TimeSpan.FromMinutes(1),
            clock: clock
        );

        Assert.That(() => File.Exists(folder["ready"]), Is.True.After(60_000, 20));
        clock.Advance(TimeSpan.FromMinutes(2));
        await run;

        Assert.That(() => IsRunning("hidden"), Is.False.After(5000, 20));
    }

    [Test]
    public async Task What_a_command_leaves_running_is_ended_with_it()
    {
        var (result, _) = await RunAsync($"sleep 1000 & echo $! > {folder["left"]}; exit 0");

        Assert.That(result.Succeeded);
        Assert.That(() => IsRunning("left"), Is.False.After(5000, 20));
    }

    [Test]
    public void A_cancellation_ends_everything()
    {
        using var cancel = new CancellationTokenSource();

        var run = RunAsync($"echo $$ > {folder["child"]}; sleep 1000", cancel: cancel.Token);
        Assert.That(() => File.Exists(folder["child"]) && File.ReadAllText(folder["child"]).EndsWith('\n'), Is.True.After(20000, 20));
        cancel.Cancel();

        Assert.That(() => run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(IsRunning("child"), Is.False);
    }

    [Test]
    public async Task What_a_killed_release_left_running_is_found_by_the_next_one()
    {
        using var owner = ProgramRunner.Start(new ProgramCall("sleep", "1000"));
        var start = owner.StartTime.Ticks;
        var other = ProcessMarker.New(folder.Path).Id.Split('-');
        using var left = ProgramRunner.Start(
            new ProgramCall("sleep", "1000")
            {
                Environment = new Dictionary<string, string?>
                {
                    [ProcessMarker.Variable] = string.Create(CultureInfo.InvariantCulture, $"{other[0]}-{owner.Id}-{start}-1"),
                },
            }
        );
        Assert.That(() => File.ReadAllText($"/proc/{left.Id}/cmdline"), Does.StartWith("sleep").After(5000, 20));

        ShellSession.EndOrphans(folder.Path);
        Assert.That(left.HasExited, Is.False, "its owner still runs");
        owner.Kill();
        await owner.WaitForExitAsync();
        ShellSession.EndOrphans(folder.Path);

        await left.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Test]
    public async Task Secrets_do_not_reach_the_log()
    {
        var (_, log) = await RunAsync("echo the $TOKEN here", secret: "s3cret-value");

        Assert.That(log, Is.EqualTo("the *** here\n"));
    }

    async Task<(ShellResult Result, string Log)> RunAsync(
        string command,
        TimeSpan? timeout = null,
        string secret = "no-secret",
        TimeProvider? clock = null,
        CancellationToken cancel = default
    )
    {
        using var log = new OutputLog(folder["log.txt"], new Secrets([secret]));
        var result = await ShellSession.RunAsync(
            new ShellCommand(command)
            {
                WorkingDirectory = folder.Path,
                Timeout = timeout ?? TimeSpan.FromMinutes(2),
                Environment = new Dictionary<string, string?> { ["TOKEN"] = secret },
            },
            log,
            clock ?? TimeProvider.System,
            cancel
        );
        log.Dispose();
        return (result, await File.ReadAllTextAsync(folder["log.txt"], cancel));
    }

    /// <summary>Whether the process runs that wrote its number into the file. A zombie that nobody waits for does not run.</summary>
    bool IsRunning(string file)
    {
        var status = $"/proc/{File.ReadAllText(folder[file]).Trim()}/status";
        try
        {
            return File.Exists(status) && !File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    static List<string> ProcessesNaming(string text) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(process =>
                {
                    try
                    {
                        return File.ReadAllText(Path.Combine(process, "cmdline"));
                    }
                    catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
                    {
                        return "";
                    }
                })
                .Where(line => line.Contains(text, StringComparison.Ordinal)),
        ];
}
