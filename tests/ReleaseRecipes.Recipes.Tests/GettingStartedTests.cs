namespace ReleaseRecipes.Recipes.Tests;

/// <summary>The page that a newcomer follows, followed word by word in an empty folder.</summary>
[Parallelizable(ParallelScope.Self)]
[Platform(Exclude = "Win")]
[Category("Slow")]
public sealed class GettingStartedTests
{
    [Test]
    public void Following_the_page_leads_where_it_says()
    {
        var newcomer = new Consumer("newcomer", Packed.SeededCache()).Commit("feat: the first version");

        Walkthrough.Of(File.ReadAllText(Path.Combine(Packed.Repository, "docs/getting-started.md"))).Follow(newcomer);
    }
}
