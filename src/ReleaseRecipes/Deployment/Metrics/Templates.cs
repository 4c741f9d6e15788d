using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseRecipes.Deployment;

/// <summary>Puts what is measured into the texts of the strategy file.</summary>
static partial class Templates
{
    /// <summary>
    /// Replaces {version}, {environment}, {track} and {interval}, each once: what a value holds is never taken for a place of its own. Values pass
    /// <paramref name="escape"/>, since names are not ours.
    /// </summary>
    public static string Fill(string template, MeasurementWindow window, string version, string track, Func<string, string> escape)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling((window.To - window.From).TotalSeconds));
        return Place()
            .Replace(
                template,
                place =>
                    place.Value switch
                    {
                        "{version}" => escape(version),
                        "{environment}" => escape(window.Environment),
                        "{track}" => track,
                        _ => seconds.ToString(CultureInfo.InvariantCulture) + "s",
                    }
            );
    }

    [GeneratedRegex(@"\{(version|environment|track|interval)\}")]
    private static partial Regex Place();
}
