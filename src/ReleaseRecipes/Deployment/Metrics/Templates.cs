using System.Globalization;

namespace ReleaseRecipes.Deployment;

/// <summary>Puts what is measured into the texts of the strategy file.</summary>
static class Templates
{
    /// <summary>Replaces {version}, {environment}, {track} and {interval}. Each value passes <paramref name="escape"/>, since names are not ours.</summary>
    public static string Fill(string template, MeasurementWindow window, string version, string track, Func<string, string> escape)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling((window.To - window.From).TotalSeconds));
        return template
            .Replace("{version}", escape(version), StringComparison.Ordinal)
            .Replace("{environment}", escape(window.Environment), StringComparison.Ordinal)
            .Replace("{track}", track, StringComparison.Ordinal)
            .Replace("{interval}", seconds.ToString(CultureInfo.InvariantCulture) + "s", StringComparison.Ordinal);
    }
}
