/// <summary>What is packed.</summary>
static class Packages
{
    /// <summary>Every package of this repository, in one go.</summary>
    public const string All = "build/Packages.proj";

    /// <summary>Where most builds run; others compile the portable assembly at their first start.</summary>
    public const string AheadOfTime = "linux-x64+win-x64";

    public const string Recipe = "src/ReleaseRecipes";
}
