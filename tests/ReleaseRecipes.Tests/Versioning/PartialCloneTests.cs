using ReleaseRecipes.Components;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Components;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Versioning;

public sealed class PartialCloneTests : IDisposable
{
    readonly Monorepo origin = new();
    readonly TemporaryFolder clones = new();

    public PartialCloneTests() => origin.Repository.Git("config", "uploadpack.allowFilter", "true");

    public void Dispose()
    {
        origin.Dispose();
        clones.Dispose();
    }

    [TestCase("--filter=blob:none")]
    [TestCase("--filter=tree:0")]
    public async Task A_clone_without_contents_answers_as_a_whole_one_does(string filter)
    {
        origin.Repository.Tag("v1.0.0");
        origin.Change("feat: core", "packages/core/b");
        origin.Change("fix: docs", "docs/b");
        var clone = await CloneAsync(filter);

        var version = await NextVersion.DecideAsync(clone, new ReleaseStrategy(), new VersionRequest());
        var strategy = StrategyFile.Read(Monorepo.Text.Replace("files:", "artifacts:", StringComparison.Ordinal), "s.yml");
        var components = await new ComponentVersions(clone, strategy).DecideAsync(new VersionRequest(), []);

        Assert.That(version.Version, Is.EqualTo("1.1.0"));
        Assert.That(components.Version, Is.EqualTo("core-1.1.0_web-2.0.1_docs-0.1.1"));
    }

    [Test]
    public async Task A_treeless_clone_whose_remote_is_gone_says_what_to_do()
    {
        origin.Change("feat: core", "packages/core/b");
        var clone = await CloneAsync("--filter=tree:0");
        await clone.ReadAsync("remote", "set-url", "origin", clones["gone"]);
        var strategy = StrategyFile.Read(Monorepo.Text, "s.yml");

        var problem = await Assert.ThrowsAsync<ReleaseException>(() =>
            new ComponentVersions(clone, strategy).DecideAsync(new VersionRequest(), [])
        );

        Assert.That(problem!.Todo, Does.Contain("git fetch --refetch --filter=blob:none"));
    }

    [Test]
    public async Task A_clone_without_tags_is_refused_with_the_command_that_fetches_them()
    {
        var clone = await CloneAsync("--no-tags");

        var problem = await Assert.ThrowsAsync<ReleaseException>(() =>
            NextVersion.DecideAsync(clone, new ReleaseStrategy(), new VersionRequest())
        );

        Assert.That(problem!.Todo, Is.EqualTo("Fetch them: git fetch --tags"));
    }

    [Test]
    public async Task A_shallow_clone_is_refused_for_the_component_whose_release_lies_behind_its_end()
    {
        origin.Change("feat: core", "packages/core/b");
        origin.Repository.Tag("core/v1.1.0");
        origin.Change("fix: core", "packages/core/c");
        var clone = await CloneAsync("--depth=2");
        var all = StrategyFile.Read(Monorepo.Text.Replace("files:", "artifacts:", StringComparison.Ordinal), "s.yml");
        var core = all with { Components = [.. all.Components.Where(component => component.Name == "core")] };

        var decided = await new ComponentVersions(clone, core).DecideAsync(new VersionRequest(), []);
        var problem = await Assert.ThrowsAsync<ReleaseException>(() =>
            new ComponentVersions(clone, all).DecideAsync(new VersionRequest(), [])
        );

        Assert.That(decided.Version, Is.EqualTo("core-1.1.1"));
        Assert.That(problem!.Todo, Does.Contain("git fetch --unshallow --tags"));
    }

    async Task<GitRepository> CloneAsync(string option)
    {
        origin.Repository.Git("clone", "-q", "--no-checkout", option, $"file://{origin.Repository.Root}", clones["clone"]);
        return await GitRepository.OpenAsync(clones["clone"]);
    }
}
