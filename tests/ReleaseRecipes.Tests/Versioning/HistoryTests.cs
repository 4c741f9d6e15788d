using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Versioning;

public sealed class HistoryTests
{
    [Test]
    public async Task A_revert_in_the_same_range_cancels_what_it_reverts()
    {
        using var repository = new TemporaryRepository();
        repository.Commit("feat: begin");
        repository.Tag("v1.0.0");
        var feature = repository.Commit("feat: gift cards");
        repository.Commit($"Revert \"feat: gift cards\"\n\nThis reverts commit {feature}.");
        repository.Commit("fix: it");

        var decision = await Decide(repository);

        Assert.That(decision.Version, Is.EqualTo("1.0.1"));
        Assert.That(decision.Commits.Select(commit => commit.Message.Header), Is.EqualTo(new[] { "fix: it" }));
        Assert.That(decision.TakenBack, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Commits_of_the_same_second_and_clocks_that_went_back_hide_no_release()
    {
        using var repository = new TemporaryRepository();
        // Newest first, so that git meets the tags before the line of HEAD leads to them.
        var dates = new[] { "2026-01-05T12:00:00Z", "2026-01-05T12:00:00Z", "2026-01-05T12:00:00Z", "2026-01-05T11:00:00Z" };
        foreach (var (index, date) in dates.Index())
        {
            var tree = repository.Git("write-tree");
            string[] parent = index == 0 ? [] : ["-p", "HEAD"];
            var call = new ProgramCall("git", ["commit-tree", .. parent, "-m", $"feat: number {index}", tree])
            {
                WorkingDirectory = repository.Root,
                Environment = new Dictionary<string, string?> { ["GIT_COMMITTER_DATE"] = date, ["GIT_AUTHOR_DATE"] = date },
            };
            repository.Git("update-ref", "HEAD", (await ProgramRunner.RunAsync(call)).Output.Trim());
            if (index < 2)
            {
                repository.Tag($"v1.{index}.0");
            }
        }

        var decision = await Decide(repository);

        Assert.That($"{decision.Previous} {decision.Version}", Is.EqualTo("1.1.0 1.2.0"));
        Assert.That(decision.Commits, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_revert_of_a_revert_brings_the_change_back()
    {
        using var repository = new TemporaryRepository();
        repository.Commit("feat: begin");
        repository.Tag("v1.0.0");
        var feature = repository.Commit("feat: gift cards");
        var revert = repository.Commit($"Revert \"feat: gift cards\"\n\nThis reverts commit {feature}.");
        repository.Commit($"Reapply \"feat: gift cards\"\n\nThis reverts commit {revert}.");

        var decision = await Decide(repository);

        Assert.That(decision.Version, Is.EqualTo("1.1.0"));
    }

    [Test]
    public async Task A_revert_of_what_was_released_is_a_patch()
    {
        using var repository = new TemporaryRepository();
        var feature = repository.Commit("feat: gift cards");
        repository.Tag("v1.0.0");
        repository.Commit($"Revert \"feat: gift cards\"\n\nThis reverts commit {feature}.");

        var decision = await Decide(repository);

        Assert.That(decision.Version, Is.EqualTo("1.0.1"));
    }

    [Test]
    public async Task Release_As_counts_on_the_own_line_and_not_in_a_merged_branch()
    {
        using var story = new BranchStory().Tell(
            "* feat: begin | @ v1.0.0 | > fork | * fix: a\\n\\nRelease-As: 99.0.0 | > main | + fork | * chore: release\\n\\nRelease-As: 3.0.0"
        );

        var decision = await story.DecideAsync(new ReleaseStrategy());

        Assert.That((decision.Version, decision.Bump), Is.EqualTo(("3.0.0", "major")));
        Assert.That(decision.Reason, Does.EndWith("(Release-As: 3.0.0)"));
    }

    [Test]
    public async Task A_fake_Release_As_is_only_a_warning()
    {
        using var story = new BranchStory().Tell("* feat: begin | @ v1.0.0 | > fork | * fix: a\\n\\nRelease-As: 99.0.0 | > main | + fork");

        var decision = await story.DecideAsync(new ReleaseStrategy());

        Assert.That(decision.Version, Is.EqualTo("1.0.1"));
        Assert.That(decision.Warnings, Has.Exactly(1).Contains("it came in with a merged branch"));
    }

    [Test]
    public async Task A_shallow_clone_is_refused_only_where_the_answer_could_change()
    {
        using var story = new BranchStory().Tell("* feat: begin | * fix: a | @ v1.0.1 | * fix: b | * fix: c");
        using var folder = new TemporaryFolder();
        var url = new Uri(story.Repository.Root).AbsoluteUri;
        story.Repository.Git("clone", "-q", "--depth=1", url, folder["one"]);
        story.Repository.Git("clone", "-q", "--depth=3", url, folder["three"]);

        Assert.That(
            async () =>
                await NextVersion.DecideAsync(
                    await Git.GitRepository.OpenAsync(folder["one"]),
                    new ReleaseStrategy(),
                    new VersionRequest()
                ),
            Throws.TypeOf<ReleaseException>().With.Message.Contains("git fetch --unshallow --tags")
        );
        var decision = await NextVersion.DecideAsync(
            await Git.GitRepository.OpenAsync(folder["three"]),
            new ReleaseStrategy(),
            new VersionRequest()
        );
        Assert.That(decision.Version, Is.EqualTo("1.0.2"));
    }

    [Test]
    public async Task A_hostile_history_is_data()
    {
        using var repository = new TemporaryRepository();
        repository.Commit("feat: begin");
        repository.Tag("v1.0.0");
        repository.Git("tag", "v1.0.0\u202E");
        repository.Git("tag", "v01.2.3");
        repository.Git("tag", "v1000000000000000000000000000000.0.0");
        repository.Git("tag", "$(id)");
        repository.Git("branch", "v1.0.0");
        repository.Commit("fix: \e[2J::set-env name=X::y <img src=x onerror=alert(1)>");
        repository.Commit("feat(" + new string('(', 5000) + "): x");
        repository.GitReading("\n\n", "commit", "-q", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim", "-F", "-");

        var decision = await Decide(repository);

        Assert.That((decision.Version, decision.Previous), Is.EqualTo(("1.1.0", "1.0.0")));
    }

    [TestCase(UnparsedCommits.Include, 0)]
    [TestCase(UnparsedCommits.Warn, 1)]
    public async Task A_commit_without_convention_is_listed_and_warned_of_by_policy(UnparsedCommits policy, int warnings)
    {
        using var story = new BranchStory().Tell("* feat: begin | @ v1.0.0 | * fix: a | * tidy up");

        var decision = await story.DecideAsync(new ReleaseStrategy { Changelog = new ChangelogSettings { UnparsedCommits = policy } });

        Assert.That(decision.Warnings, Has.Count.EqualTo(warnings));
        Assert.That(decision.Commits.Select(commit => commit.Message.Header), Has.Member("tidy up"));
    }

    [Test]
    public async Task A_commit_without_convention_stops_the_release_by_policy()
    {
        using var story = new BranchStory().Tell("* feat: begin | @ v1.0.0 | * tidy up");
        var strategy = new ReleaseStrategy { Changelog = new ChangelogSettings { UnparsedCommits = UnparsedCommits.Fail } };

        await Assert.ThatAsync(() => story.DecideAsync(strategy), Throws.TypeOf<ReleaseException>().With.Message.Contains("tidy up"));
    }

    [Test]
    public async Task A_file_that_contradicts_the_tags_is_reported()
    {
        using var story = new BranchStory().Tell("* feat: begin | @ v1.0.0 | * fix: a");
        story.Repository.Files.Write("VERSION", "3.0.0\n");

        var decision = await story.DecideAsync(new ReleaseStrategy { Versioning = new VersioningSettings { Files = ["VERSION"] } });

        Assert.That(decision.Version, Is.EqualTo("1.0.1"));
        Assert.That(decision.Warnings, Is.EqualTo(new[] { "VERSION says 3.0.0, but the last release is v1.0.0; the tag counts." }));
    }

    [Test]
    public async Task Backtest_holds_computed_against_actual_and_names_the_deciding_commit()
    {
        using var story = new BranchStory().Tell("* feat: a | @ v1.0.0 | * fix: b | @ v1.0.1 | * feat: c | @ v1.0.2 | * docs: d");

        var report = await Backtest.RunAsync(await story.Repository.OpenAsync(), new ReleaseStrategy());

        Assert.That(report.Agreement, Is.EqualTo(0.5));
        Assert.That(
            report.Releases.Select(release => (release.From, release.To, release.Actual, release.Computed)),
            Is.EqualTo(new[] { ("v1.0.1", "v1.0.2", "patch", "minor"), ("v1.0.0", "v1.0.1", "patch", "patch") })
        );
        Assert.That(report.Releases[0].Reason, Does.EndWith("feat: c"));
    }

    static async Task<VersionDecision> Decide(TemporaryRepository repository) =>
        await NextVersion.DecideAsync(await repository.OpenAsync(), new ReleaseStrategy(), new VersionRequest());
}
