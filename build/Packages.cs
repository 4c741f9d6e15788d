/// <summary>The projects that become packages.</summary>
static class Packages
{
    /// <summary>Needed only where the feed lacks Cake.Frosting.</summary>
    public const string StandIn = "src/Cake.Frosting";

    public const string Recipe = "src/ReleaseRecipes";

    public static readonly string[] Projects = [StandIn, Recipe, "recipes/template"];
}
