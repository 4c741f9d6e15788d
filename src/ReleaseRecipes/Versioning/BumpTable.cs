namespace ReleaseRecipes.Versioning;

/// <summary>Which commit moves the version how far.</summary>
static class BumpTable
{
    /// <summary>
    /// How far a message moves the version: by what breaks, by its own type, or, where its header follows no convention, by the commits
    /// that its body lists. Who gave a squashed branch a conventional header summed up the steps that are listed below it.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="own">The strategy's own entries, which win over the usual table.</param>
    public static Bump Of(ConventionalMessage message, IReadOnlyDictionary<string, string> own)
    {
        if (message.Breaking)
        {
            return Bump.Major;
        }

        return message.Follows
            ? OfType(message.Type, own)
            : message.Listed.Select(part => OfType(part.Type, own)).Aggregate(Bump.None, Max);
    }

    /// <summary>The greater of two bumps.</summary>
    public static Bump Max(Bump left, Bump right) => left > right ? left : right;

    /// <summary>A bump by its word. Null: there is no such word.</summary>
    public static Bump? Parse(string word) =>
        word switch
        {
            "major" => Bump.Major,
            "minor" => Bump.Minor,
            "patch" => Bump.Patch,
            "none" => Bump.None,
            _ => null,
        };

    static Bump OfType(string type, IReadOnlyDictionary<string, string> own) =>
        own.TryGetValue(type, out var word)
            ? Parse(word)
                ?? throw new ReleaseException(
                    $"'{word}' is no bump.",
                    $"versioning.bumps.{type}",
                    "Write major, minor, patch or none.",
                    ExitCodes.WrongInput
                )
            : type switch
            {
                "feat" => Bump.Minor,
                "fix" or "perf" or "revert" => Bump.Patch,
                _ => Bump.None,
            };
}
