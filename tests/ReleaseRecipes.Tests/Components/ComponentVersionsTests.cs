using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Components;

public sealed class ComponentVersionsTests : IDisposable
{
    readonly Monorepo mono = new();

    public void Dispose() => mono.Dispose();

    [Test]
    public async Task A_commit_belongs_to_the_components_whose_files_it_changes()
    {
        mono.Change("feat: core only", "packages/core/b");
        mono.Change("fix: two of them", "packages/web/c", "docs/c");

        var decided = await mono.DecideAsync();

        Assert.That(
            decided.Components.Select(one =>
                $"{one.Decision.Tag} {string.Join(", ", one.Decision.Commits.Select(c => c.Message.Description))}"
            ),
            Is.EqualTo(new[] { "core/v1.1.0 core only", "web/v2.0.1 two of them", "docs/v0.1.1 two of them" })
        );
        Assert.That(decided.Version, Is.EqualTo("core-1.1.0_web-2.0.1_docs-0.1.1"));
        Assert.That(decided.Tag, Is.EqualTo("core/v1.1.0 web/v2.0.1 docs/v0.1.1"));
        Assert.That(decided.Bump, Is.EqualTo("minor"));
    }

    [Test]
    public async Task What_others_depend_on_comes_first_and_what_nobody_changed_is_not_released()
    {
        mono.Change("fix: a page", "docs/b");

        Assert.That(await mono.LinesAsync(), Is.EqualTo(new[] { "core none", "web none", "docs 0.1.1 patch" }));
    }

    [TestCase("", "web 2.0.1 patch", TestName = "By_default_a_release_of_a_dependency_makes_a_patch")]
    [TestCase("patch", "web 2.0.1 patch")]
    [TestCase("same", "web 3.0.0 major")]
    [TestCase("none", "web none")]
    public async Task A_release_of_a_dependency_makes_what_dependency_bump_says(string option, string web)
    {
        if (option.Length > 0)
        {
            mono.Repository.Files.Write(
                "release-strategy.yml",
                Monorepo.Text.Replace(
                    "depends_on: [core]",
                    $"depends_on: [core]\n      dependency_bump: {option}",
                    StringComparison.Ordinal
                )
            );
        }

        mono.Change("feat!: another core", "packages/core/b");

        Assert.That((await mono.LinesAsync())[..2], Is.EqualTo(new[] { "core 2.0.0 major", web }));
    }

    [Test]
    public async Task The_reason_of_a_pulled_component_names_the_dependency_and_its_own_greater_change_wins()
    {
        mono.Change("fix: core", "packages/core/b");
        Assert.That((await mono.DecideAsync()).Components[1].Decision.Reason, Is.EqualTo("core 1.0.1, which it depends on"));

        mono.Change("feat: web", "packages/web/b");
        Assert.That((await mono.DecideAsync()).Components[1].Decision.Reason, Does.EndWith("feat: web"));
    }

    [Test]
    public async Task A_commit_of_no_component_releases_nothing_and_is_told_of()
    {
        var root = mono.Change("feat: at the root only", "README.md");

        var decided = await mono.DecideAsync();

        Assert.That(decided.Nothing);
        Assert.That(decided.Outside.Select(commit => commit.Hash), Is.EqualTo(new[] { root }));
    }

    [Test]
    public async Task A_folder_that_begins_alike_is_another_folder()
    {
        mono.Change("feat: not core", "packages/core-extras/a");

        Assert.That((await mono.DecideAsync()).Nothing);
    }

    [Test]
    public async Task Commits_from_before_a_folder_was_renamed_still_belong_to_its_component()
    {
        using var repository = new TemporaryRepository();
        repository.Files.Write("lib/old/deep/a", "a");
        repository.Commit("feat: begin");
        repository.Tag("core/v1.0.0");
        repository.Files.Write("lib/old/b", "b");
        repository.Commit("feat: before the move");
        repository.Git("mv", "lib", "between");
        repository.Commit("refactor: half way");
        Directory.CreateDirectory(repository.Files["packages"]);
        repository.Git("mv", "between/old", "packages/core");
        repository.Commit("refactor: the rest of the way");
        repository.Files.Write(
            "release-strategy.yml",
            "release_strategy: { components: [ { name: core, path: packages/core } ], quality_gates: [] }\n"
        );
        repository.Commit("chore: a strategy");

        var git = await repository.OpenAsync();
        var strategy = await ReleaseRecipes.Strategy.StrategyFile.ReadAsync(null, git.Root);
        var decided = await new ReleaseRecipes.Components.ComponentVersions(git, strategy).DecideAsync(new VersionRequest(), []);

        Assert.That(decided.Tag, Is.EqualTo("core/v1.1.0"));
        Assert.That(decided.Commits, Has.Count.EqualTo(3));
        Assert.That(decided.Outside, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Folders_that_moved_up_within_their_own_and_in_a_circle_are_followed_to_an_end()
    {
        mono.Change("feat: below", "packages/deep/docs/b", "packages/deep/c");
        mono.Repository.Git("rm", "-q", "-r", "docs");
        mono.Repository.Git("mv", "packages/deep/docs", "packages/docs");
        mono.Repository.Git("mv", "packages/deep/c", "packages/c");
        mono.Repository.Commit("refactor: up");
        mono.Repository.Git("mv", "packages/docs", "docs");
        mono.Repository.Git("mv", "packages/core", "packages/web/core");
        mono.Repository.Commit("refactor: and out");
        mono.Repository.Git("mv", "packages/web/core", "packages/core");
        mono.Repository.Commit("refactor: there and back");

        var decided = await mono.DecideAsync();

        Assert.That(decided.Components[2].Decision.Version, Is.EqualTo("0.2.0"), "what lay deep was the docs' before");
    }

    [Test]
    public async Task A_file_that_moves_from_one_component_to_another_concerns_both_and_takes_no_history_along()
    {
        mono.Change("feat: core alone", "packages/core/moving");
        mono.Repository.Git("mv", "packages/core/moving", "docs/moving");
        mono.Repository.Commit("fix: it belongs to the docs");

        Assert.That(await mono.LinesAsync(), Is.EqualTo(new[] { "core 1.1.0 minor", "web 2.0.1 patch", "docs 0.1.1 patch" }));
    }

    [Test]
    public async Task Merged_branches_count_where_their_commits_change_files()
    {
        mono.Repository.Git("switch", "-q", "-c", "topic");
        mono.Change("feat: core on a branch", "packages/core/b");
        mono.Repository.Git("switch", "-q", "main");
        mono.Change("fix: docs meanwhile", "docs/b");
        mono.Repository.Git("merge", "-q", "--no-ff", "-m", "Merge branch 'topic'", "topic");

        Assert.That(await mono.LinesAsync(), Is.EqualTo(new[] { "core 1.1.0 minor", "web 2.0.1 patch", "docs 0.1.1 patch" }));
    }

    [Test]
    public async Task A_revert_of_a_commit_of_one_component_takes_it_back_there()
    {
        var hash = mono.Change("feat: core", "packages/core/b");
        mono.Change($"revert: feat: core\n\nThis reverts commit {hash}.", "packages/core/b");

        Assert.That((await mono.DecideAsync()).Nothing);
    }

    [Test]
    public async Task Release_As_asks_for_the_version_of_the_components_that_its_commit_changes()
    {
        mono.Change("chore: one point oh\n\nRelease-As: 1.0.0", "docs/b");
        mono.Change("fix: something else", "packages/core/b");

        Assert.That(await mono.LinesAsync(), Is.EqualTo(new[] { "core 1.0.1 patch", "web 2.0.1 patch", "docs 1.0.0 major" }));
    }

    [Test]
    public async Task A_type_is_for_those_that_have_something_to_release_and_for_those_that_are_named()
    {
        mono.Change("fix: docs", "docs/b");

        Assert.That((await mono.LinesAsync(new VersionRequest("minor")))[2], Is.EqualTo("docs 0.2.0 minor"));
        Assert.That(
            await mono.LinesAsync(new VersionRequest("major"), "core"),
            Is.EqualTo(new[] { "core 2.0.0 major", "web none", "docs none" })
        );
        Assert.That(
            (await mono.DecideAsync(new VersionRequest(), "core")).Components[2].Decision.Reason,
            Is.EqualTo("--component leaves it out; it would become 0.1.1.")
        );
    }

    [Test]
    public async Task A_version_is_asked_for_one_component()
    {
        mono.Change("fix: core", "packages/core/b");

        Assert.That((await mono.LinesAsync(new VersionRequest(ReleaseVersion: "5.0.0"), "core"))[0], Is.EqualTo("core 5.0.0 major"));
        var problem = await Assert.ThrowsAsync<ReleaseException>(() => mono.DecideAsync(new VersionRequest(ReleaseVersion: "5.0.0")));
        Assert.That(problem!.ExitCode, Is.EqualTo(ExitCodes.WrongInput));
        problem = await Assert.ThrowsAsync<ReleaseException>(() => mono.DecideAsync(null, "cor"));
        Assert.That(problem!.Todo, Does.Contain("core"));
    }

    [Test]
    public async Task Pre_releases_are_counted_for_each_component_and_a_pull_makes_the_next_one()
    {
        mono.Repository.Git("switch", "-q", "-c", "gift-cards");
        mono.Change("feat: core", "packages/core/b");
        Assert.That(
            (await mono.LinesAsync())[..2],
            Is.EqualTo(new[] { "core 1.1.0-gift-cards.1 prerelease", "web 2.0.1-gift-cards.1 prerelease" })
        );
        mono.Repository.Tag("core/v1.1.0-gift-cards.1");
        mono.Repository.Tag("web/v2.0.1-gift-cards.1");
        Assert.That((await mono.DecideAsync()).Nothing);

        mono.Change("fix: core", "packages/core/c");
        Assert.That(
            (await mono.LinesAsync())[..2],
            Is.EqualTo(new[] { "core 1.1.0-gift-cards.2 prerelease", "web 2.0.1-gift-cards.2 prerelease" })
        );
    }

    [Test]
    public async Task The_line_of_an_old_version_is_one_component_s()
    {
        mono.Change("feat!: another core", "packages/core/b");
        mono.Repository.Tag("core/v2.0.0");
        mono.Repository.Git("switch", "-q", "-c", "core/1.x", "core/v1.0.0");
        mono.Change("fix: the old core, and a page", "packages/core/c", "docs/c");

        Assert.That(await mono.LinesAsync(), Is.EqualTo(new[] { "core 1.0.1 patch", "web none", "docs none" }));
    }

    [Test]
    public async Task Two_tags_on_one_commit_and_the_tags_of_others_are_kept_apart()
    {
        mono.Repository.Tag("v9.0.0");
        mono.Repository.Tag("core/v1.0.0-web/v7.0.0");
        mono.Change("fix: both", "packages/core/b", "packages/web/b");

        Assert.That((await mono.LinesAsync())[..2], Is.EqualTo(new[] { "core 1.0.1 patch", "web 2.0.1 patch" }));
    }
}
