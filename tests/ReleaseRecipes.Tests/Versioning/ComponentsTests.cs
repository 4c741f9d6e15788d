using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Versioning;

public sealed class ComponentsTests
{
    [Test]
    public async Task A_commit_belongs_to_the_components_whose_files_it_changes()
    {
        using var repository = new TemporaryRepository();
        Change(repository, "feat: begin", "core/a", "web/a");
        repository.Tag("core/v1.0.0");
        repository.Tag("web/v2.0.0");
        Change(repository, "feat: core only", "core/b");
        Change(repository, "fix: both", "core/c", "web/c");

        var decisions = await Components.DecideAsync(await repository.OpenAsync(), Strategy, new VersionRequest());

        Assert.That(
            decisions.Select(decision => decision.Decision.Tag + " " + decision.Decision.Commits.Count),
            Is.EqualTo(new[] { "core/v1.1.0 2", "web/v2.0.1 1" })
        );
    }

    [Test]
    public async Task A_component_that_nothing_changes_is_not_released()
    {
        using var repository = new TemporaryRepository();
        Change(repository, "feat: begin", "core/a", "web/a");
        repository.Tag("core/v1.0.0");
        repository.Tag("web/v2.0.0");
        Change(repository, "feat: core only", "core/b");

        var decisions = await Components.DecideAsync(await repository.OpenAsync(), Strategy, new VersionRequest());

        Assert.That(decisions.Select(decision => decision.Decision.Nothing), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public void A_circle_of_dependencies_is_named() =>
        Assert.That(
            () => Components.InOrder([new("a", "a") { DependsOn = ["b"] }, new("b", "b") { DependsOn = ["a"] }]),
            Throws.TypeOf<ReleaseException>().With.Message.Contains("a, b")
        );

    static ReleaseStrategy Strategy => new() { Components = [new("web", "web") { DependsOn = ["core"] }, new("core", "core")] };

    static void Change(TemporaryRepository repository, string message, params string[] files)
    {
        Array.ForEach(files, file => repository.Files.Write(file, message));
        repository.Commit(message);
    }
}
