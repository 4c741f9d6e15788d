namespace ReleaseRecipes.Versioning;

/// <summary>How far a version moves, smallest first.</summary>
public enum Bump
{
    /// <summary>Nothing that users get has changed.</summary>
    None,

    /// <summary>The next pre-release of the same version.</summary>
    Prerelease,

    /// <summary>Mended behaviour.</summary>
    Patch,

    /// <summary>New behaviour; the old still works.</summary>
    Minor,

    /// <summary>Something that worked before does not any more.</summary>
    Major,
}

/// <summary>The words for bumps in the strategy file, on the command line and in JSON.</summary>
public static class Bumps
{
    /// <summary><c>major</c>, <c>minor</c>, <c>patch</c>, <c>prerelease</c> or <c>none</c>.</summary>
    public static string Word(this Bump bump) =>
        bump switch
        {
            Bump.Major => "major",
            Bump.Minor => "minor",
            Bump.Patch => "patch",
            Bump.Prerelease => "prerelease",
            _ => "none",
        };
}
