using System.Collections;

namespace ReleaseRecipes.Deployment.Local;

/// <summary>The environment variables that the gateway and the instances get of this process's.</summary>
static class Surroundings
{
    /// <summary>What belongs to the build alone: the application would find the wrong repository, runtime or port by it.</summary>
    static readonly string[] OfTheBuild =
    [
        "GIT_",
        "MSBUILD",
        "MSBuild",
        "VSTEST",
        "TESTINGPLATFORM_",
        "DOTNET_CLI_",
        "DOTNET_HOST_PATH",
        "DOTNET_STARTUP_HOOKS",
        "DOTNET_TieredPGO",
        "CORECLR_",
        "COREHOST_",
        "RELEASE_",
        "NUGET_",
        "ASPNETCORE_URLS",
        "ASPNETCORE_HTTP_PORTS",
    ];

    /// <summary>The user's variables, secrets included: the application may need them. They are passed on and kept nowhere.</summary>
    public static Dictionary<string, string> OfApplications() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Where(pair => !IsOfTheBuild((string)pair.Key))
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "");

    public static bool IsOfTheBuild(string name) => OfTheBuild.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal));
}
