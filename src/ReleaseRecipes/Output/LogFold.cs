using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseRecipes.Output;

/// <summary>Lines by which a CI server folds a part of the log.</summary>
/// <param name="Begin">The line that begins the part, from its title.</param>
/// <param name="End">The line that ends it.</param>
public sealed partial record LogFold(Func<string, string> Begin, Func<string> End)
{
    /// <summary>For the server that this process runs on; null where it is none that can fold.</summary>
    /// <param name="name">What the part is about; anything but letters, digits and <c>_-</c> is left out.</param>
    /// <param name="variable">Reads an environment variable; this process's own where null.</param>
    /// <param name="now">The time, which GitLab wants to know; now where null.</param>
    public static LogFold? OfThisServer(string name, Func<string, string?>? variable = null, DateTimeOffset? now = null)
    {
        bool Has(string mark) => !string.IsNullOrEmpty((variable ?? Environment.GetEnvironmentVariable)(mark));
        var id = Outside().Replace(name, "_");
        var seconds = (now ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Has("GITHUB_ACTIONS") ? new(title => $"::group::{Plain(title)}", () => "::endgroup::")
            : Has("GITLAB_CI")
                ? new(
                    title => $"\e[0Ksection_start:{seconds}:{id}[collapsed=true]\r\e[0K{Plain(title)}",
                    () => $"\e[0Ksection_end:{seconds}:{id}\r\e[0K"
                )
            : Has("TF_BUILD") ? new(title => $"##[group]{Plain(title)}", () => "##[endgroup]")
            : Has("TEAMCITY_VERSION") ? new(_ => $"##teamcity[blockOpened name='{id}']", () => $"##teamcity[blockClosed name='{id}']")
            : null;
    }

    static string Plain(string title) => Outside().Replace(title, "_");

    [GeneratedRegex("[^A-Za-z0-9_ .:-]|::")]
    private static partial Regex Outside();
}
