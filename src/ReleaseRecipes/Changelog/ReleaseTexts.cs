namespace ReleaseRecipes.Changelog;

/// <summary>The notes of a release, Markdown.</summary>
/// <param name="Whole">Of all of it.</param>
/// <param name="Components">Of each component that is released, by name: the section of its changelog.</param>
public sealed record ReleaseTexts(string Whole, IReadOnlyDictionary<string, string> Components)
{
    /// <summary>The notes of a repository that is released as one.</summary>
    public ReleaseTexts(string whole)
        : this(whole, new Dictionary<string, string>()) { }

    /// <summary>The notes of one component.</summary>
    public string Of(string component) => Components.GetValueOrDefault(component) ?? "";
}
