namespace ReleaseRecipes.Versioning;

/// <summary>What the command line asks of the version.</summary>
/// <param name="Type"><c>auto</c> (the commits decide), <c>major</c>, <c>minor</c>, <c>patch</c>, <c>prerelease</c> or <c>hotfix</c>.</param>
/// <param name="ReleaseVersion">Exactly this version; the commits are only listed.</param>
/// <param name="Branch">The branch, where HEAD does not tell.</param>
/// <param name="Date">The day of the release, for calendar versions; today in UTC where null.</param>
public sealed record VersionRequest(string Type = "auto", string? ReleaseVersion = null, string? Branch = null, DateOnly? Date = null);
