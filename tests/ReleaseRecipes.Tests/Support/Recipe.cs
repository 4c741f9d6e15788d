using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Tests.Support;

/// <summary>Runs the whole recipe as a process of its own, as build.sh does.</summary>
public static class Recipe
{
    /// <summary>The assembly that a user's build script compiles to.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "RecipeUnderTest.dll");

    /// <summary>A call of the recipe in a repository, on a machine that knows nothing of CI servers and of the developer's git configuration.</summary>
    public static ProgramCall Call(string folder, params string[] arguments) =>
        new("dotnet", ["exec", Assembly, .. arguments])
        {
            WorkingDirectory = folder,
            Timeout = TimeSpan.FromMinutes(5),
            Environment = Surroundings,
        };

    /// <summary>Runs it to its end.</summary>
    public static Task<ProgramResult> RunAsync(string folder, params string[] arguments) => ProgramRunner.RunAsync(Call(folder, arguments));

    /// <summary>The environment of such a call.</summary>
    public static Dictionary<string, string?> Surroundings =>
        new()
        {
            ["CI"] = null,
            ["GITHUB_ACTIONS"] = null,
            ["TF_BUILD"] = null,
            ["GITLAB_CI"] = null,
            ["TEAMCITY_VERSION"] = null,
            ["GITHUB_STEP_SUMMARY"] = null,
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            // A process that lives for seconds has no use for code that is optimized by what it did.
            ["DOTNET_TieredPGO"] = "0",
            // Release commits get the same hash in every run.
            ["GIT_AUTHOR_DATE"] = "2026-01-06T12:00:00+00:00",
            ["GIT_COMMITTER_DATE"] = "2026-01-06T12:00:00+00:00",
        };
}
