using ReleaseRecipes.Changelog;
using ReleaseRecipes.Versioning;

/// <summary>A changelog with two headings, in the words of the house.</summary>
sealed class MenuStyle : INotesStyle
{
    public string Name => "menu";

    public IReadOnlyList<string> Groups { get; } = ["New on the menu", "In the kitchen"];

    public string Breaking => "No longer served";

    public int GroupOf(ConventionalMessage message) => message.Type == "feat" ? 0 : 1;

    public string Heading(string version, string? link, DateOnly? date) => $"Menu {version}";
}
