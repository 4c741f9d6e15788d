using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Tagging;

/// <summary>A release that was interrupted after its commit and before its tag, and that somebody added a commit to meanwhile.</summary>
[Category("Slow")]
public sealed class PlannedAnewTests : IDisposable
{
    readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Test]
    public async Task The_tag_goes_on_the_commit_that_was_gated_last_and_the_changelog_tells_of_all()
    {
        Needs.Linux();
        repository.Files.Write(
            "release-strategy.yml",
            "release_strategy: { changelog: { file: CHANGELOG.md }, quality_gates: [ { name: smoke, command: \"true\" } ] }\n"
        );
        repository.Commit("feat: begin");
        repository.Tag("v1.0.0");
        repository.Commit("feat: first");
        var hook = repository.Files.Write(".git/hooks/reference-transaction", "#!/bin/sh\ngrep -q ' refs/tags/v1.1.0' && exit 1\nexit 0\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var refused = await Recipe.RunAsync(repository.Root, "--target=Release");
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCodes.Failed), refused.Output);
        Assert.That(repository.Git("log", "-1", "--format=%s"), Is.EqualTo("chore(release): v1.1.0"));
        File.Delete(hook);
        var added = repository.Commit("fix: second");
        var released = await Recipe.RunAsync(repository.Root, "--target=Release");

        Assert.That(released.ExitCode, Is.Zero, released.Output + released.Error);
        Assert.That(repository.Git("rev-parse", "v1.1.0^{commit}"), Is.EqualTo(repository.Head));
        Assert.That(repository.Git("rev-parse", "v1.1.0^"), Is.EqualTo(added));
        var changelog = File.ReadAllText(repository.Files["CHANGELOG.md"]);
        Assert.That(changelog.Split("## 1.1.0"), Has.Length.EqualTo(2));
        Assert.That(changelog, Does.Contain("- first").And.Contain("- second"));
    }
}
