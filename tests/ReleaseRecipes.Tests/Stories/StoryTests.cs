using System.Runtime.CompilerServices;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Stories;

public sealed class StoryTests
{
    static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    static IEnumerable<string> Stories() =>
        Directory.EnumerateDirectories(Folder()).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Stories))]
    public async Task The_recipe_says_what_the_story_expects(string name)
    {
        using var story = new Story(Path.Combine(Folder(), name));

        Approved.Text($"tests/ReleaseRecipes.Tests/Stories/{name}/expected.txt", await story.PlayAsync());
    }
}
