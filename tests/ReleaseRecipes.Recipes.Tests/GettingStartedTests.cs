namespace ReleaseRecipes.Recipes.Tests;

/// <summary>The pages that a newcomer follows, followed word by word in an empty folder.</summary>
[NonParallelizable]
[Platform(Exclude = "Win")]
[Category("Slow")]
public sealed class GettingStartedTests
{
    [TestCase("docs/getting-started.md")]
    [TestCase("recipes/template/README.md")]
    public void Following_the_page_leads_where_it_says(string page)
    {
        var newcomer = new Consumer("newcomer", Packed.SeededCache()).Commit("feat: the first version");

        Walkthrough.Of(File.ReadAllText(Path.Combine(Packed.Repository, page))).Follow(newcomer);
    }
}
