namespace ReleaseRecipes.Recipes.Tests;

/// <summary>Each recipe in a repository of its own, from the packages, by the commands of its README.</summary>
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win")]
[Category("Slow")]
public sealed class RecipeTests
{
    [Test]
    public void From_nothing_but_the_packages_and_the_ordinary_feed_the_first_release_is_reached() => FirstRelease(Packed.First);

    [TestCase("single-file")]
    [TestCase("service")]
    [TestCase("library")]
    [TestCase("node-service", "node")]
    [TestCase("python-package", "python3")]
    [TestCase("cake-script", "python3")]
    [TestCase("extending")]
    [TestCase("monorepo", "node")]
    public void The_commands_of_its_README_reach_the_first_release(string recipe, string? needs = null)
    {
        if (needs is not null && Ran.Of("sh", ["-c", $"command -v {needs}"], "/").ExitCode != 0)
        {
            Assert.Ignore($"needs the program '{needs}', which is not on PATH");
        }

        FirstRelease(new Consumer(recipe, Packed.SeededCache()).Take(recipe));
    }

    static void FirstRelease(Consumer consumer)
    {
        Walkthrough.Of(consumer.Read("README.md")).Follow(consumer);

        Assert.That(consumer.Shell("git tag").Output, Does.Contain("v0.1.0"));
        Assert.That(consumer.Shell("git status --porcelain").Output, Is.Empty);
    }
}
