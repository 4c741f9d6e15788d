namespace ReleaseRecipes.Thresholds;

/// <summary>Why a text is no threshold.</summary>
/// <param name="Column">Where in the text, 1 for its first character.</param>
/// <param name="What">What is wrong there.</param>
/// <param name="Todo">What to write instead.</param>
public sealed record ThresholdProblem(int Column, string What, string Todo);
