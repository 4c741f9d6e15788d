namespace ReleaseRecipes.Recipes.Tests;

/// <summary>What is in the packages.</summary>
[Category("Slow")]
public sealed class PackageTests
{
    [Test]
    public void The_packages_together_stay_under_twelve_megabytes()
    {
        var size = Directory.EnumerateFiles(Packed.Feed, "*.nupkg").Sum(file => new FileInfo(file).Length);

        Assert.That(size, Is.InRange(1, 12 * 1024 * 1024));
    }
}
