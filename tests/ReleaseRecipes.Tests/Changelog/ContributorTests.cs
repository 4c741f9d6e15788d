using ReleaseRecipes.Changelog;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Changelog;

public sealed class ContributorTests : IDisposable
{
    readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Test]
    public async Task The_notes_of_a_release_name_who_took_part_and_mark_first_timers()
    {
        repository.Commit("feat: begin");
        repository.Tag("v1.0.0");
        repository.Commit("feat: by somebody who was here before");
        By("Grace *b*", "grace@example.com", "fix: by somebody new");
        By("renovate[bot]", "bot@example.com", "chore(deps): bump a from 1 to 2");

        var notes = (await NotesAsync(await repository.OpenAsync())).Whole;

        Assert.That(notes, Does.EndWith("### ❤️ Contributors\n\n- Ada Lovelace\n- Grace \\*b\\* (first contribution 🎉)\n"));
        Assert.That(notes, Does.Not.Contain("example.com"), "addresses are not published");
    }

    [Test]
    public async Task In_the_first_release_nobody_is_marked_and_they_can_be_left_out()
    {
        repository.Commit("feat: begin");
        var git = await repository.OpenAsync();

        Assert.That((await NotesAsync(git)).Whole, Does.EndWith("- Ada Lovelace\n"));
        Assert.That(
            (await NotesAsync(git, new ReleaseStrategy { Changelog = new ChangelogSettings { Contributors = false } })).Whole,
            Does.Not.Contain("Ada")
        );
    }

    [Test]
    public async Task A_shallow_clone_does_not_take_the_old_for_new()
    {
        By("Grace", "grace@example.com", "feat: long ago");
        repository.Commit("feat: begin");
        repository.Tag("v1.0.0");
        By("Grace", "grace@example.com", "fix: again");
        using var clone = new TemporaryFolder();
        repository.Git("clone", "-q", "--depth=2", $"file://{repository.Root}", clone["c"]);

        var notes = (await NotesAsync(await GitRepository.OpenAsync(clone["c"]))).Whole;

        Assert.That(notes, Does.EndWith("- Grace\n"));
    }

    void By(string name, string email, string message)
    {
        repository.Git("config", "user.name", name);
        repository.Git("config", "user.email", email);
        repository.Commit(message);
        repository.Git("config", "user.name", "Ada Lovelace");
        repository.Git("config", "user.email", "ada@example.com");
    }

    static async Task<ReleaseTexts> NotesAsync(GitRepository git, ReleaseStrategy? strategy = null)
    {
        strategy ??= new ReleaseStrategy();
        var version = await NextVersion.DecideAsync(git, strategy, new VersionRequest());
        return await new NotesWriter(git, strategy, NotesStyles.Of("emoji"), new DateOnly(2026, 1, 5)).WriteAsync(
            version,
            CancellationToken.None
        );
    }
}
