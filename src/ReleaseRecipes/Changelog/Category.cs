using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Changelog;

/// <summary>The categories of release notes, in the order in which they are printed.</summary>
public enum Category
{
    Features,
    Fixes,
    Documentation,
    Tests,
    Refactoring,
    Performance,
    Other,
}

/// <summary>Which commit belongs to which category.</summary>
public static class Categories
{
    /// <summary>All of them in their order.</summary>
    public static IReadOnlyList<Category> All { get; } = Enum.GetValues<Category>();

    /// <summary>The category of a commit.</summary>
    public static Category Of(ReleaseCommit commit) => Of(commit.Message);

    /// <summary>The category of a message: by its type; a squashed one without a type by the first commit that it lists.</summary>
    public static Category Of(ConventionalMessage message) =>
        Of(message.Follows || message.Listed.Count == 0 ? message.Type : message.Listed[0].Type);

    /// <summary>The category of a commit type.</summary>
    public static Category Of(string type) =>
        type switch
        {
            "feat" or "feature" => Category.Features,
            "fix" or "bugfix" or "hotfix" => Category.Fixes,
            "docs" or "doc" => Category.Documentation,
            "test" or "tests" => Category.Tests,
            "refactor" => Category.Refactoring,
            "perf" => Category.Performance,
            _ => Category.Other,
        };

    /// <summary>The heading with the emoji of the default style.</summary>
    public static string Emoji(this Category category) =>
        category switch
        {
            Category.Features => "✨ Features",
            Category.Fixes => "🐛 Bug Fixes",
            Category.Documentation => "📚 Documentation",
            Category.Tests => "🧪 Tests",
            Category.Refactoring => "♻️ Refactoring",
            Category.Performance => "⚡ Performance",
            _ => "🔧 Other Changes",
        };
}
