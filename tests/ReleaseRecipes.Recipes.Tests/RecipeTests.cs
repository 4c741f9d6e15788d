namespace ReleaseRecipes.Recipes.Tests;

/// <summary>Each recipe in a repository of its own, from the packages, by the commands of its README.</summary>
[NonParallelizable]
[Platform(Exclude = "Win")]
[Category("Slow")]
public sealed class RecipeTests
{
    static Packed packed = null!;

    [OneTimeSetUp]
    public static void Pack() => packed = new();

    [OneTimeTearDown]
    public static void Drop() => packed.Dispose();

    [TestCase("existing-frosting")]
    [TestCase("single-file")]
    [TestCase("node-service")]
    public void The_commands_of_its_README_reach_the_first_release(string recipe)
    {
        var repository = packed.Take(recipe);

        foreach (var command in Commands(File.ReadAllText(Path.Combine(repository, "README.md"))))
        {
            packed.Shell(repository, command);
        }

        Assert.That(packed.Shell(repository, "git tag"), Does.Contain("v0.1.0"));
        Assert.That(packed.Shell(repository, "git status --porcelain"), Is.Empty);
    }

    [Test]
    public void The_packages_together_stay_under_twelve_megabytes()
    {
        var size = Directory.EnumerateFiles(packed.Feed, "*.nupkg").Sum(file => new FileInfo(file).Length);

        Assert.That(size, Is.InRange(1, 12 * 1024 * 1024));
    }

    static IEnumerable<string> Commands(string readme) =>
        readme.ReplaceLineEndings("\n").Split("```")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);
}
