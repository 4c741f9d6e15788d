namespace ReleaseRecipes.Strategy.Contradictions;

static class VersioningContradictions
{
    static readonly string[] Years = ["YYYY", "YY", "0Y"];

    public static IEnumerable<Contradiction> Of(VersioningSettings versioning, string path)
    {
        var (fits, todo) = versioning.Scheme switch
        {
            VersionScheme.Semantic => (versioning.Format is null or "MAJOR.MINOR.PATCH", "Write MAJOR.MINOR.PATCH, or scheme: calendar."),
            VersionScheme.Calendar => (
                versioning.Format is null || versioning.Format.Split('.', '-').Any(Years.Contains),
                "Write tokens of calver.org with a year in them, such as YYYY.0M.MICRO."
            ),
            _ => (versioning.Format?.Contains("BUILD", StringComparison.Ordinal) != false, "Write BUILD."),
        };
        if (!fits)
        {
            yield return new Contradiction(
                $"{path}.format",
                $"'{versioning.Format}' is no format of scheme {versioning.Scheme.ToString().ToLowerInvariant()}",
                todo
            );
        }

        if (versioning.Scheme == VersionScheme.Semantic && !IsSemantic(versioning.InitialVersion))
        {
            yield return new Contradiction(
                $"{path}.initial_version",
                $"'{versioning.InitialVersion}' is no semantic version",
                "Write three numbers, such as 0.1.0."
            );
        }
    }

    static bool IsSemantic(string version) =>
        version.Split('-', 2)[0].Split('.') is { Length: 3 } numbers
        && numbers.All(number =>
            number.Length is > 0 and < 10 && number.All(char.IsAsciiDigit) && (number.Length == 1 || number[0] != '0')
        );
}
