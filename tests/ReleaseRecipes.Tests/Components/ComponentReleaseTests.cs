using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Components;

/// <summary>Several components released in one run of the recipe.</summary>
[Category("Slow")]
public sealed class ComponentReleaseTests : IDisposable
{
    readonly Monorepo mono = new();
    readonly TemporaryFolder remote = new();

    public ComponentReleaseTests()
    {
        mono.Repository.Git("init", "-q", "--bare", remote.Path);
        mono.Repository.Git("remote", "add", "origin", remote.Path);
        mono.Repository.Git("push", "-q", "origin", "main");
    }

    public void Dispose()
    {
        mono.Dispose();
        remote.Dispose();
    }

    TemporaryRepository Git => mono.Repository;

    [Test]
    public async Task Several_components_are_released_by_one_run_each_with_its_own_tag_file_and_changelog()
    {
        mono.Change("feat: core only", "packages/core/b");
        mono.Change("fix: a page", "docs/b");
        mono.Change("chore: at the root", "README.md");

        var plan = await mono.AskAsync("--target=Plan");
        await mono.RunAsync("--target=Release", "--push");

        var components = plan["components"]!.AsArray().Select(one => $"{one!["name"]} {one["version"]} {one["release"]}");
        Assert.That(components, Is.EqualTo(new[] { "core 1.1.0 true", "web 2.0.1 true", "docs 0.1.1 true" }));
        Assert.That(plan["version"]!.ToString(), Is.EqualTo("core-1.1.0_web-2.0.1_docs-0.1.1"));
        string[] tags = ["core/v1.1.0", "docs/v0.1.1", "web/v2.0.1"];
        Assert.That(tags.Select(tag => Git.Git("rev-parse", $"{tag}^{{commit}}")), Is.All.EqualTo(Git.Head));
        Assert.That(
            Git.Git("ls-remote", "--refs", "origin", "refs/heads/main", "refs/tags/*").Split('\n').Select(line => line.Split('\t')[1]),
            Is.EquivalentTo(tags.Select(tag => $"refs/tags/{tag}").Append("refs/heads/main"))
        );
        Assert.That(Git.Git("ls-remote", "origin", "refs/heads/main"), Does.StartWith(Git.Head));
        Assert.That(Git.Git("log", "-1", "--format=%s"), Is.EqualTo("chore(release): core/v1.1.0 web/v2.0.1 docs/v0.1.1"));
        Assert.That(Read("packages/core/VERSION"), Is.EqualTo("1.1.0\n"));
        Assert.That(Read("packages/web/package.json"), Is.EqualTo("{ \"name\": \"web\", \"version\": \"2.0.1\" }\n"));
        Assert.That(Read("packages/core/CHANGELOG.md"), Does.Contain("## 1.1.0").And.Contain("core only").And.Not.Contain("a page"));
        Assert.That(Read("docs/CHANGELOG.md"), Does.Contain("## 0.1.1").And.Contain("a page").And.Not.Contain("core only"));
        Assert.That(Read(".git/gates"), Is.EqualTo("ran\n"), "the gates are for the commit");
        Assert.That(
            Read("releases/core-1.1.0_web-2.0.1_docs-0.1.1/RELEASE_NOTES.md"),
            Does.Contain("## core 1.1.0").And.Contain("## docs 0.1.1")
        );
        await AssertWholeAsync();
        var version = await mono.AskAsync("--target=Version");
        Assert.That(version["release"]!.GetValue<bool>(), Is.False, "nothing is left to release");
    }

    /// <summary>Where the recipe is killed: by a hook of git, when a ref is about to be written (prepared), or was (committed).</summary>
    [TestCase("prepared", "refs/tags/core/", 3)]
    [TestCase("committed", "refs/tags/core/", 4)]
    [TestCase("prepared", "refs/tags/web/", 4)]
    [TestCase("committed", "refs/tags/web/", 5)]
    [TestCase("committed", "refs/heads/main", 3)]
    public async Task Killed_between_two_tags_the_next_run_makes_the_rest_and_nothing_twice(string moment, string reference, int tagged)
    {
        Needs.Linux();
        mono.Change("feat: core only", "packages/core/b");
        Hook(
            Git.Files[".git"],
            "reference-transaction",
            $"""
            grep -q ' {reference}' || exit 0
            [ "$1" = {moment} ] || exit 0
            rm "$0"
            kill -9 "$(cut -d' ' -f4 /proc/$PPID/stat)"
            [ {moment} = committed ]
            """
        );

        var killed = await Recipe.RunAsync(Git.Root, "--target=Release", "--push");
        Assert.That(killed.ExitCode, Is.Not.Zero, killed.Output);
        Assert.That(mono.Tags, Has.Length.EqualTo(tagged), "it was killed where it was meant to be");
        await mono.RunAsync("--target=Release", "--push");

        string[] tags = ["core/v1.1.0", "web/v2.0.1"];
        Assert.That(mono.Tags, Is.EquivalentTo(tags.Concat(["core/v1.0.0", "web/v2.0.0", "docs/v0.1.0"])));
        Assert.That(tags.Select(tag => Git.Git("rev-parse", $"{tag}^{{commit}}")), Is.All.EqualTo(Git.Head));
        Assert.That(
            Git.Git("ls-remote", "--refs", "--tags", "origin").Split('\n').Select(line => line.Split('\t')[1]),
            Is.EquivalentTo(tags.Select(tag => $"refs/tags/{tag}"))
        );
        Assert.That(Git.Git("log", "--format=%s", "--grep=chore.release").Split('\n'), Has.Length.EqualTo(1));
        Assert.That(Read(".git/gates"), Is.EqualTo("ran\n"));
        Assert.That(Git.Git("status", "--porcelain"), Is.Empty);
        await AssertWholeAsync();
    }

    [Test]
    public async Task A_tag_that_somebody_pushed_by_hand_does_not_keep_the_others_back()
    {
        mono.Change("feat: core only", "packages/core/b");
        await mono.RunAsync("--target=Tag", "--no-push");
        Git.Git("push", "-q", "origin", "refs/tags/core/v1.1.0");

        await mono.RunAsync("--target=Release", "--push");

        Assert.That(Git.Git("ls-remote", "--refs", "--tags", "origin").Split('\n'), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_refused_push_leaves_none_of_the_tags_there()
    {
        mono.Change("feat: core only", "packages/core/b");
        Needs.Linux();
        Hook(remote.Path, "update", "case $1 in refs/tags/web/*) exit 1;; esac");

        var refused = await Recipe.RunAsync(Git.Root, "--target=Release", "--push");
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCodes.Failed), refused.Output);
        Assert.That(Git.Git("ls-remote", "--refs", "--tags", "origin"), Is.Empty);
        File.Delete(Path.Combine(remote.Path, "hooks", "update"));
        await mono.RunAsync("--target=Release", "--push");

        Assert.That(Git.Git("ls-remote", "--refs", "--tags", "origin").Split('\n'), Has.Length.EqualTo(2));
        await AssertWholeAsync();
    }

    [Test]
    public async Task Each_component_is_built_in_order_and_an_environment_gets_only_releases_of_what_it_runs()
    {
        Git.Files.Write(
            "release-strategy.yml",
            """
            release_strategy:
              application: { build: "echo \"$RELEASE_COMPONENTS\" > out/all.txt", artifacts: ["out/all.txt"] }
              components:
                - { name: web, path: packages/web, depends_on: [core], build: "cat out/core.txt > out/web.txt", artifacts: [out/web.txt] }
                - name: core
                  path: packages/core
                  build: "mkdir -p out && echo $RELEASE_COMPONENT $RELEASE_VERSION $RELEASE_TAG > out/core.txt"
                  artifacts: [out/core.txt]
                - { name: docs, path: docs }
              versioning: { build_metadata: false }
              quality_gates: []
              deployment_strategy:
                shop: { type: recreate, provider: command, components: [web], interval: 1s, command: { deploy: "echo $RELEASE_VERSION >> ../shop" } }
                site: { type: recreate, provider: command, components: [docs], interval: 1s, command: { deploy: "echo $RELEASE_VERSION >> ../site" } }

            """.Replace("../", $"{remote.Path}/", StringComparison.Ordinal)
        );
        Git.Files.Write(".gitignore", "out/\n");
        mono.Change("feat: core only", "packages/core/b");

        var output = await mono.RunAsync("--target=Release");

        Assert.That(output, Does.Contain("it runs docs, and this release has nothing of that"));
        Assert.That(Read("out/web.txt"), Is.EqualTo("core 1.1.0 core/v1.1.0\n"));
        Assert.That(Read("out/all.txt"), Is.EqualTo("{\"core\":\"1.1.0\",\"web\":\"2.0.1\"}\n"));
        Assert.That(File.ReadAllText(remote["shop"]), Is.EqualTo("core-1.1.0_web-2.0.1\n"));
        Assert.That(File.Exists(remote["site"]), Is.False);
        var status = await mono.AskAsync("--target=Status");
        Assert.That(
            status["components"]!.AsArray().Select(one => one!["tag"]!.ToString()),
            Is.EqualTo(new[] { "web/v2.0.1", "core/v1.1.0", "docs/v0.1.0" })
        );
    }

    [Test]
    public async Task The_past_of_each_component_is_replayed_and_told_by_its_own_commits()
    {
        mono.Change("feat: core only", "packages/core/b");
        Git.Tag("core/v1.1.0");
        mono.Change("fix: web", "packages/web/b");
        Git.Tag("web/v2.1.0");

        var backtest = await mono.AskAsync("--target=Backtest");
        await mono.RunAsync("--target=Changelog", "--all", "--component=core", "--output=all.md");
        var which = await Recipe.RunAsync(Git.Root, "--target=Changelog", "--all");

        Assert.That(
            backtest["releases"]!.AsArray().Select(one => $"{one!["component"]} {one["to"]} {one["actual"]} {one["computed"]}"),
            Is.EquivalentTo(new[] { "core core/v1.1.0 minor minor", "web web/v2.1.0 minor patch" })
        );
        Assert.That(Read("all.md"), Does.Contain("## 1.1.0").And.Contain("core only").And.Not.Contain("- web"));
        Assert.That(which.ExitCode, Is.EqualTo(ExitCodes.WrongInput));
    }

    [Test]
    public async Task An_aborted_release_restores_the_files_of_its_components()
    {
        Git.Files.Write(
            "release-strategy.yml",
            Monorepo.Text.Replace("{ name: shop }", "{ name: shop, build: \"test -e go\" }", StringComparison.Ordinal)
        );
        mono.Change("feat: core only", "packages/core/b");
        var failed = await Recipe.RunAsync(Git.Root, "--target=Release");
        Assert.That(failed.ExitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(Read("packages/core/VERSION"), Is.EqualTo("1.1.0\n"));

        Git.Git("checkout", "-q", "HEAD", "--", ".");
        Git.Files.Write("go", "");
        await mono.RunAsync("--target=Package");
        await mono.RunAsync("--target=Abort");

        Assert.That(Git.Git("status", "--porcelain", "--untracked-files=no"), Is.Empty);
        Assert.That(mono.Tags, Has.Length.EqualTo(3));
    }

    async Task AssertWholeAsync()
    {
        var audit = await mono.AskAsync("--target=Audit");
        Assert.That(audit["ok"]!.GetValue<bool>(), Is.True, audit.ToJsonString());
        var status = await mono.AskAsync("--target=Status");
        Assert.That(status["release"]!["state"]!.ToString(), Is.EqualTo("released"));
    }

    static void Hook(string repository, string name, string script)
    {
        var path = Path.Combine(repository, "hooks", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    string Read(string path) => File.ReadAllText(Git.Files[path]);
}
