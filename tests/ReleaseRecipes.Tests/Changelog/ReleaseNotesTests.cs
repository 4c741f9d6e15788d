using System.Text;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Tests.Versioning;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Changelog;

public sealed class ReleaseNotesTests
{
    static readonly WebRemote GitHub = WebRemote.Of("git@github.com:ada/shop.git")!;

    [Test]
    public void Categories_come_in_their_order_with_what_breaks_first()
    {
        var notes = Render(
            "docs: words",
            "fix(cart): rounding (#12)",
            "feat!: cards",
            "perf: faster",
            "no convention",
            "refactor: tidy",
            "test: more"
        );

        Assert.That(
            notes,
            Is.EqualTo(
                """
                ## [1.1.0](https://github.com/ada/shop/compare/v1.0.0...v1.1.0) (2026-01-05)

                ### ⚠️ BREAKING CHANGES

                - cards ([2222222](https://github.com/ada/shop/commit/2222222222222222222222222222222222222222))

                ### ✨ Features

                - cards ([2222222](https://github.com/ada/shop/commit/2222222222222222222222222222222222222222))

                ### 🐛 Bug Fixes

                - **cart:** rounding ([#12](https://github.com/ada/shop/pull/12)) ([1111111](https://github.com/ada/shop/commit/1111111111111111111111111111111111111111))

                ### 📚 Documentation

                - words ([0000000](https://github.com/ada/shop/commit/0000000000000000000000000000000000000000))

                ### 🧪 Tests

                - more ([6666666](https://github.com/ada/shop/commit/6666666666666666666666666666666666666666))

                ### ♻️ Refactoring

                - tidy ([5555555](https://github.com/ada/shop/commit/5555555555555555555555555555555555555555))

                ### ⚡ Performance

                - faster ([3333333](https://github.com/ada/shop/commit/3333333333333333333333333333333333333333))

                ### 🔧 Other Changes

                - no convention ([4444444](https://github.com/ada/shop/commit/4444444444444444444444444444444444444444))

                """
            )
        );
    }

    [Test]
    public void Updates_of_dependencies_are_one_item()
    {
        var notes = Render("chore(deps): bump a", "chore(deps): bump b", "chore(deps-dev): bump c", "chore: else");

        Assert.That(notes, Does.Contain("- else").And.Contain("- 3 updates of dependencies\n  - bump a"));
    }

    [Test]
    public void Keep_a_changelog_has_its_own_sections()
    {
        var notes = ReleaseNotes.Render(
            Decision("feat: a", "fix: b", "docs: c"),
            null,
            new DateOnly(2026, 1, 5),
            new KeepAChangelogStyle()
        );

        Assert.That(notes, Does.StartWith("## [1.1.0] - 2026-01-05").And.Contain("### Added\n\n- a").And.Contain("### Fixed\n\n- b"));
    }

    [TestCase("<img src=x onerror=alert(1)>", "<img")]
    [TestCase("[click](javascript:alert(1))", "[click](")]
    [TestCase("thanks @org/team", "@org")]
    [TestCase("\e[2Jgone", "\e")]
    [TestCase("a\u202Eb", "\u202E")]
    [TestCase("**bold**", "**bold**")]
    [TestCase("`code` and ` a stray <b>", "<b>")]
    [TestCase("``<script>``", "\n<")]
    [TestCase("<!-- comment", "<!--")]
    public void Nothing_in_a_commit_gets_through(string description, string forbidden)
    {
        var notes = Render($"fix: {description}");

        Assert.That(notes, Does.Not.Contain(forbidden));
    }

    [Test]
    public void No_message_forges_a_heading_or_a_version()
    {
        var notes = Render("## 9.9.9", "fix: x\n\nBREAKING CHANGE: a\n\n## 9.9.9\n# top");

        Assert.That(notes.Split('\n').Count(line => line.StartsWith("## ", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [TestCase("git@github.com:ada/shop.git", "https://github.com/ada/shop/commit/abc")]
    [TestCase("https://user:secret@github.com/ada/shop", "https://github.com/ada/shop/commit/abc")]
    [TestCase("ssh://git@gitlab.com:22/ada/group/shop.git", "https://gitlab.com/ada/group/shop/-/commit/abc")]
    [TestCase("git@ssh.dev.azure.com:v3/org/project/shop", "https://dev.azure.com/org/project/_git/shop/commit/abc")]
    [TestCase("https://bitbucket.org/ada/shop.git", "https://bitbucket.org/ada/shop/commits/abc")]
    [TestCase("git@bitbucket.org:ada/shop.git", "https://bitbucket.org/ada/shop/commits/abc")]
    [TestCase("ssh://git@github.example.com:2222/ada/shop.git", "https://github.example.com/ada/shop/commit/abc")]
    [TestCase("https://gitlab.example.com:8443/a/b/c/shop.git/", "https://gitlab.example.com:8443/a/b/c/shop/-/commit/abc")]
    [TestCase("https://org@dev.azure.com/org/project/_git/shop", "https://dev.azure.com/org/project/_git/shop/commit/abc")]
    [TestCase("https://org.visualstudio.com/project/_git/shop", "https://org.visualstudio.com/project/_git/shop/commit/abc")]
    public void Links_go_to_the_remote(string address, string page) => Assert.That(WebRemote.Of(address)!.Commit("abc"), Is.EqualTo(page));

    [TestCase("/srv/git/shop.git")]
    [TestCase("file:///srv/git/shop.git")]
    [TestCase("--upload-pack=touch x")]
    [TestCase("https://example.org/shop.git")]
    public void Other_remotes_have_no_pages(string address) => Assert.That(WebRemote.Of(address), Is.Null);

    [Test]
    public void Hand_written_lines_stay_and_doing_it_twice_changes_nothing()
    {
        const string Written =
            "# Changelog\r\n\r\nOur history.\r\n\r\n## [Unreleased]\r\n\r\n- soon\r\n\r\n## 1.0.0\r\n\r\n- begin, by *hand*\r\n";

        var once = ChangelogFile.Update(Written, "## 1.1.0 (2026-01-05)\n\n- new\n");
        var twice = ChangelogFile.Update(once, "## 1.1.0 (2026-01-05)\n\n- new\n");

        Assert.That(
            once,
            Is.EqualTo(
                "# Changelog\r\n\r\nOur history.\r\n\r\n## [Unreleased]\r\n\r\n- soon\r\n\r\n## 1.1.0 (2026-01-05)\r\n\r\n- new\r\n\r\n## 1.0.0\r\n\r\n- begin, by *hand*\r\n"
            )
        );
        Assert.That(twice, Is.EqualTo(once));
    }

    [Test]
    public async Task A_changelog_of_any_encoding_keeps_every_byte()
    {
        using var folder = new TemporaryFolder();
        byte[] written = [0xEF, 0xBB, 0xBF, .. "# Changelog\r\n\r\n"u8, 0xE9, .. "t\u00e9 \r\n\r\n## v1.0.0\r\n\r\n- begin"u8];
        File.WriteAllBytes(folder["CHANGES.md"], written);

        await ChangelogFile.WriteAsync(folder.Path, "CHANGES.md", "## 1.1.0 (2026-01-05)\n\n- n\u00e9w \u2728\n");
        await ChangelogFile.WriteAsync(folder.Path, "CHANGES.md", "## 1.1.0 (2026-01-05)\n\n- n\u00e9w \u2728\n");

        var at = written.AsSpan().IndexOf("## v1.0.0"u8);
        Assert.That(
            File.ReadAllBytes(folder["CHANGES.md"]),
            Is.EqualTo((byte[])[.. written[..at], .. "## 1.1.0 (2026-01-05)\r\n\r\n- n\u00e9w \u2728\r\n\r\n"u8, .. written[at..]])
        );
    }

    [Test]
    public void Headings_that_are_underlined_are_headings_too()
    {
        const string Written = "History\n=======\n\n1.0.0 / 2020-01-01\n==================\n\n  * begin\n\n0.9.0\n-----\n";

        var once = ChangelogFile.Update(Written, "## 1.1.0\n\n- new\n");

        Assert.That(once, Is.EqualTo(Written.Replace("1.0.0 /", "## 1.1.0\n\n- new\n\n1.0.0 /", StringComparison.Ordinal)));
        Assert.That(ChangelogFile.Update(once, "## 0.9.0\n\n- again\n"), Is.EqualTo(once));
    }

    [TestCase(
        "git@github.com:ada/shop.git",
        "fix (#12) of #7",
        "https://github.com/ada/shop/pull/12",
        "https://github.com/ada/shop/issues/7"
    )]
    [TestCase(
        "git@gitlab.com:ada/sub/shop.git",
        "fix (!12) of (#7)",
        "https://gitlab.com/ada/sub/shop/-/merge_requests/12",
        "https://gitlab.com/ada/sub/shop/-/issues/7"
    )]
    [TestCase(
        "https://dev.azure.com/org/project/_git/shop",
        "fix !12 of #7",
        "https://dev.azure.com/org/project/_git/shop/pullrequest/12",
        "https://dev.azure.com/org/project/_workitems/edit/7"
    )]
    [TestCase(
        "https://bitbucket.org/ada/shop",
        "fix (pull request #12) of #7",
        "https://bitbucket.org/ada/shop/pull-requests/12",
        "https://bitbucket.org/ada/shop/issues/7"
    )]
    public void Numbers_link_as_each_server_writes_them(string address, string description, string request, string issue)
    {
        var notes = ReleaseNotes.Render(Decision($"fix: {description}"), WebRemote.Of(address), new DateOnly(2026, 1, 5));

        Assert.That(notes, Does.Contain($"12]({request})").And.Contain($"[#7]({issue})"));
    }

    [TestCase("git@github.com:ada/shop.git", "https://github.com/ada/shop/compare/v1.0.0...core%2Fv1.1.0")]
    [TestCase("git@gitlab.com:ada/shop.git", "https://gitlab.com/ada/shop/-/compare/v1.0.0...core%2Fv1.1.0")]
    [TestCase(
        "https://org@dev.azure.com/org/p/_git/shop",
        "https://dev.azure.com/org/p/_git/shop/branchCompare?baseVersion=GTv1.0.0&targetVersion=GTcore%2Fv1.1.0"
    )]
    [TestCase("git@bitbucket.org:ada/shop.git", "https://bitbucket.org/ada/shop/branches/compare/core%2Fv1.1.0%0Dv1.0.0")]
    public void Versions_link_to_what_is_between_them(string address, string page) =>
        Assert.That(WebRemote.Of(address)!.Compare("v1.0.0", "core/v1.1.0"), Is.EqualTo(page));

    [Test]
    public async Task The_whole_history_is_told_release_by_release()
    {
        using var story = new BranchStory().Tell(
            "* feat: a | @ v1.0.0 | > x | * fix(b): b | > main | * docs: c | + x | @ v1.1.0 | * feat!: d | * chore(release): v9"
        );
        using var output = new MemoryStream();

        var summary = await ChangelogWriter.WriteAllAsync(await story.Repository.OpenAsync(), new ReleaseStrategy(), output);

        var text = System.Text.RegularExpressions.Regex.Replace(Encoding.UTF8.GetString(output.ToArray()), "[0-9a-f]{7}", "hash");
        Assert.That(summary, Is.EqualTo(new ChangelogSummary(2, 6)));
        Assert.That(
            text,
            Is.EqualTo(
                """
                # Changelog

                ## Unreleased

                ### ⚠️ BREAKING CHANGES

                - d (hash)

                ### ✨ Features

                - d (hash)

                ## 1.1.0 (2026-01-05)

                ### 🐛 Bug Fixes

                - **b:** b (hash)

                ### 📚 Documentation

                - c (hash)

                ## 1.0.0 (2026-01-05)

                ### ✨ Features

                - a (hash)

                """
            )
        );
    }

    static string Render(params string[] messages) => ReleaseNotes.Render(Decision(messages), GitHub, new DateOnly(2026, 1, 5));

    static VersionDecision Decision(params string[] messages) =>
        new()
        {
            Version = "1.1.0",
            FullVersion = "1.1.0",
            Tag = "v1.1.0",
            Previous = "1.0.0",
            PreviousTag = "v1.0.0",
            Bump = "minor",
            Reason = "",
            Commit = new string('a', 40),
            Commits =
            [
                .. messages.Select(
                    (message, index) =>
                        ReleaseCommit.Of(
                            new GitCommit(
                                new string((char)('0' + index), 40),
                                [],
                                "Ada",
                                "ada@example.com",
                                DateTimeOffset.UnixEpoch,
                                message
                            ),
                            new VersioningSettings()
                        )
                ),
            ],
        };
}
