using System.Text.Json.Nodes;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>Single moments at which a release was killed, set up by hand and gone on from by the real program.</summary>
[Category("Slow")]
public sealed class ResumptionTests : IDisposable
{
    readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Test]
    public async Task Killed_between_the_release_commit_and_its_record_the_tag_goes_on_that_commit()
    {
        repository.Files.Write(
            "release-strategy.yml",
            """
            release_strategy:
              application: { name: shop }
              changelog: { file: CHANGELOG.md }
              quality_gates: [ { name: smoke, required: true, command: "true" } ]
            """
        );
        repository.Commit("feat: begin");
        var gated = repository.Head;
        Assert.That((await Recipe.RunAsync(repository.Root, "--target=Package")).ExitCode, Is.Zero);
        using var ledger = await LedgerAsync();
        var intent = new JsonObject
        {
            ["key"] = "commit",
            ["intent"] = new JsonObject { ["parent"] = gated },
        };
        await ledger.AppendAsync(new NewEvent("0.1.0", EventKinds.Intent, intent));
        var notes = (await ledger.ReadAsync("0.1.0")).First(fact => fact.Kind == EventKinds.Planned).Data["notes"]!.GetValue<string>();
        repository.Files.Write("CHANGELOG.md", ChangelogFile.Update("", notes));
        var made = repository.Commit("chore(release): v0.1.0");

        var resumed = await Recipe.RunAsync(repository.Root, "--target=Release");

        Assert.That(resumed.ExitCode, Is.Zero, resumed.Output + resumed.Error);
        Assert.That(repository.Git("rev-parse", "v0.1.0^{commit}"), Is.EqualTo(made));
        Assert.That(repository.Head, Is.EqualTo(made));
    }

    [Test]
    public async Task A_commit_that_was_made_on_a_machine_that_is_gone_is_made_anew_by_the_next_one()
    {
        using var project = new CommandProject("");
        // The push of the release is where the first machine dies: its commit and tag never left it.
        Hook(project, "pre-receive", "while read o n ref; do case $ref in refs/tags/*) exit 1;; esac; done");
        Assert.That((await project.ReleaseAsync(project.First)).ExitCode, Is.EqualTo(1));
        Hook(project, "pre-receive", "exit 0");
        var lost = CommandProject.Git(project.First, "rev-parse", "HEAD");
        CommandProject.Git(project.First, "remote", "remove", "origin");
        var other = project.Clone();
        CommandProject.Git(other, "config", "user.name", "Grace");

        var resumed = await project.ReleaseAsync(other);

        Assert.That(resumed.ExitCode, Is.Zero, resumed.Output);
        var published = CommandProject.Git(project.Remote, "rev-parse", "v0.1.0^{commit}");
        Assert.That(published, Is.EqualTo(CommandProject.Git(project.Remote, "rev-parse", "main")));
        Assert.That(published, Is.Not.EqualTo(lost));
        Assert.That(await EndState.SharedAsync(project, other), Does.Contain("audit: \n").And.Contain("State = released"));
    }

    [Test]
    public async Task The_last_thing_of_a_release_ends_it_and_the_right_to_make_it_in_one()
    {
        using var project = new CommandProject("");
        Assert.That((await project.ReleaseAsync(project.First)).ExitCode, Is.Zero);

        var last = CommandProject.Git(project.Remote, "log", "-1", "--format=%B", "release-ledger");

        Assert.That(last, Does.Contain(EventKinds.Released).And.Contain(EventKinds.LeaseReleased));
        Assert.That(File.ReadAllText(Path.Combine(project.First, "releases/0.1.0/RELEASE_NOTES.md")), Does.Contain("**State:** released"));
    }

    [Test]
    public async Task A_branch_that_went_on_before_the_tag_is_found_out_before_anything_is_made()
    {
        using var project = new CommandProject("");
        SomebodyPushes(project);

        var refused = await project.ReleaseAsync(project.First);

        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Output, Does.Contain("main at origin has commits that are not here; nothing was tagged or pushed"));
        Assert.That(CommandProject.Git(project.First, "tag"), Is.Empty);
        Assert.That(CommandProject.Git(project.First, "status", "--porcelain", "--untracked-files=no"), Is.Empty);
        await AssertReleasedAfterAsync(project, ["pull", "-q", "--rebase"]);
    }

    [Test]
    public async Task A_branch_that_goes_on_during_the_push_is_released_anew_as_the_message_says()
    {
        using var project = new CommandProject("");
        // Somebody's push comes in between the look and the release's own push.
        var other = project.Clone();
        CommandProject.Git(other, "commit", "-q", "--allow-empty", "-m", "feat: meanwhile");
        CommandProject.Git(other, "push", "-q", "origin", "HEAD:refs/heads/meanwhile");
        Hook(
            project,
            "pre-receive",
            "while read o n ref; do if [ $ref = refs/heads/main ] && [ ! -f moved ]; then touch moved; "
                + "env -u GIT_QUARANTINE_PATH git update-ref refs/heads/main refs/heads/meanwhile; fi; done"
        );

        var refused = await project.ReleaseAsync(project.First);

        Assert.That(refused.ExitCode, Is.EqualTo(1), refused.Output);
        Assert.That(CommandProject.Git(project.Remote, "tag"), Is.Empty, refused.Output);
        CommandProject.Git(project.First, "tag", "-d", "v0.1.0");
        await AssertReleasedAfterAsync(project, ["pull", "-q", "--rebase"]);
    }

    static async Task AssertReleasedAfterAsync(CommandProject project, string[] advice)
    {
        CommandProject.Git(project.First, advice);
        var again = await project.ReleaseAsync(project.First);
        Assert.That(again.ExitCode, Is.Zero, again.Output + again.Error);
        Assert.That(
            CommandProject.Git(project.Remote, "rev-parse", "v0.1.0^{commit}"),
            Is.EqualTo(CommandProject.Git(project.Remote, "rev-parse", "main"))
        );
        Assert.That(await EndState.SharedAsync(project, project.First), Does.Contain("audit: \n"));
    }

    static void SomebodyPushes(CommandProject project)
    {
        var other = project.Clone();
        CommandProject.Git(other, "commit", "-q", "--allow-empty", "-m", "feat: meanwhile");
        CommandProject.Git(other, "push", "-q", "origin", "HEAD:main");
    }

    static void Hook(CommandProject project, string name, string script)
    {
        var path = Path.Combine(project.Remote, "hooks", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    async Task<ReleaseLedger> LedgerAsync() =>
        new(
            new GitLedgerStore(await repository.OpenAsync(), new LedgerSettings()),
            TimeProvider.System,
            "Ada Lovelace <ada@example.com>",
            Secrets.None
        );
}
