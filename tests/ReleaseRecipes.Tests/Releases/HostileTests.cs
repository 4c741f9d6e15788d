using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>What others may write (commits, branches, tags, file names) is data, however it is spelt.</summary>
[Category("Slow")]
public sealed class HostileTests : IDisposable
{
    const string Strategy = """
        release_strategy:
          application: { name: target, build: "echo built > out.txt", artifacts: ["out.txt"] }
          changelog: { file: CHANGELOG.md }
          quality_gates: [ { name: smoke, required: true, command: "true" } ]
        """;

    readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    static IEnumerable<string> Messages() =>
        [
            "feat: $(touch pwned) `touch pwned`; touch pwned",
            "feat(x): \"; touch pwned; #\n\nBREAKING CHANGE: $(touch pwned)",
            "feat: ::set-env name=PATH::/tmp\n\n::add-mask::x\n##vso[task.setvariable]y\n##teamcity[x]",
            "feat: \e]0;title\a\e[2J\e[31mred",
            "feat: <img src=x onerror=alert(1)> [x](javascript:alert(1)) @org/team",
            "feat: {{#each this}}{{lookup}} ${RELEASE_VERSION} %PATH%",
            "feat: \u202Egnp.exe \u200B\u2028 end",
            "fix: a\r\n\r\n## 9.9.9 (2020-01-01)\r\n\r\n- forged section",
            "revert: feat: nothing\n\nThis reverts commit 0000000000000000000000000000000000000000.",
            "Release-As: 99.0.0\n\nRelease-As: not-a-version",
        ];

    [TestCaseSource(nameof(Messages))]
    public async Task A_hostile_commit_message_is_released_as_text(string message)
    {
        repository.Files.Write("release-strategy.yml", Strategy);
        repository.Commit("feat: begin");
        repository.Commit(message);

        var result = await Recipe.RunAsync(repository.Root, "--target=Release");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        Assert.That(result.Output, Does.Not.Contain("\e").And.Not.Contain("::").And.Not.Contain("##vso[").And.Not.Contain("##teamcity["));
        Assert.That(File.Exists(repository.Files["pwned"]), Is.False);
        var changelog = File.ReadAllText(repository.Files["CHANGELOG.md"]);
        Assert.That(changelog, Does.Not.Contain("<img").And.Not.Match(@"(?m)^## 9\.9\.9").And.Not.Contain("\e"));
    }

    [TestCase("zzz\";echo${IFS}\"hello\";#")]
    [TestCase("$(touch${IFS}pwned)")]
    [TestCase("`touch${IFS}pwned`")]
    public async Task A_hostile_branch_name_runs_nothing(string branch)
    {
        repository.Files.Write("release-strategy.yml", Strategy);
        repository.Commit("feat: begin");
        repository.Git("checkout", "-q", "-b", branch);
        repository.Commit("feat: from a branch");

        var plan = await Recipe.RunAsync(repository.Root, "--target=Plan");
        await Recipe.RunAsync(repository.Root, "--target=Release");

        Assert.That(plan.ExitCode, Is.Zero, plan.Output + plan.Error);
        Assert.That(File.Exists(repository.Files["pwned"]), Is.False);
    }

    [Test]
    public async Task Tags_that_are_no_versions_and_files_with_odd_names_change_nothing()
    {
        repository.Files.Write("release-strategy.yml", Strategy);
        repository.Files.Write("-rf", "x");
        repository.Files.Write("$(touch pwned)", "x");
        repository.Commit("feat: begin");
        foreach (var tag in new[] { "v01.2.3", "v1000000000000000000000000000000.0.0", "v1.0.0;touch", "6.5-release-branch-cut" })
        {
            repository.Tag(tag);
        }

        repository.Git("update-ref", "refs/tags/--upload-pack=touch", "HEAD");

        var result = await Recipe.RunAsync(repository.Root, "--target=Release");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        Assert.That(repository.Git("tag", "-l", "v0.1.0"), Is.EqualTo("v0.1.0"));
        Assert.That(File.Exists(repository.Files["pwned"]), Is.False);
    }

    [Test]
    public async Task Refs_that_look_like_the_release_are_not_taken_for_it()
    {
        using var project = new CommandProject("");
        var first = project.First;
        string Git(string[] arguments) => CommandProject.Git(first, arguments);
        var begin = Git(["rev-parse", "HEAD"]);
        // Branches named as the tag that is to come; tags that read like versions; one that nobody's history leads to.
        string[] branches = ["v0.1.0", "tags/v0.1.0"];
        string[] tags = ["heads/main", "main", "\u2174\uff10.9.0", "v1\u200b.0.0", "v\u0661.0.0", "v2.0.0\u202e"];
        Git([
            "push",
            "-q",
            "origin",
            .. branches.Select(name => $"{begin}:refs/heads/{name}"),
            .. tags.Select(name => $"{begin}:refs/tags/{name}"),
        ]);
        Git(["fetch", "-q", "--tags", "origin"]);
        Git(["branch", "v0.1.0", begin]);
        Git(["tag", "v7.0.0", "-m", "spoofed", Git(["commit-tree", "-m", "unreachable", $"{begin}^{{tree}}"])]);

        var result = await project.ReleaseAsync(project.First);

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        var refs = CommandProject.Git(project.Remote, "for-each-ref", "--format=%(refname) %(objectname) %(*objectname)").Split('\n');
        var made = Git(["rev-parse", "HEAD"]);
        Assert.That(refs.Single(line => line.StartsWith("refs/tags/v0.1.0 ", StringComparison.Ordinal)), Does.EndWith(made));
        Assert.That(refs, Has.Some.StartWith($"refs/heads/main {made}"));
        foreach (var name in branches.Select(name => $"refs/heads/{name}").Concat(tags.Select(name => $"refs/tags/{name}")))
        {
            Assert.That(refs, Has.Some.StartWith($"{name} {begin}"));
        }
    }
}
