namespace ReleaseRecipes.Versioning;

/// <summary>Puts into one sentence why a version is the one it is.</summary>
static class Reasons
{
    /// <summary>The commit that decided, with what decided where its header does not show it.</summary>
    public static string Of(ReleaseCommit commit)
    {
        var message = commit.Message;
        if (commit.AnnouncedElsewhere)
        {
            return $"{commit} (merged from another line, whose release announced it: a patch at most)";
        }

        if (commit.Bump == Bump.Major && !message.Bang)
        {
            var note = message.BreakingNotes.Count > 0 ? message.BreakingNotes[0] : message.Listed.First(part => part.Breaking).ToString();
            return $"{commit} (BREAKING CHANGE: {FirstLine(note)})";
        }

        return commit.Listed is { } listed ? $"{commit} (lists {listed})" : commit.ToString();
    }

    /// <summary>Why there is nothing to release.</summary>
    public static string OfNothing(VersionTag previous, Weight weight)
    {
        var commits = weight.Standing;
        if (commits.Count == 0)
        {
            return weight.TakenBack.Count == 0
                ? $"No commit since {previous.Name}."
                : $"The {weight.TakenBack.Count} commits since {previous.Name} take each other back: {weight.TakenBack[0]}.";
        }

        var kinds = commits
            .GroupBy(commit => commit.Message.Follows ? commit.Message.Type : "other")
            .OrderByDescending(kind => kind.Count())
            .Take(6)
            .Select(kind => $"{kind.Count()} {kind.Key}");
        return $"None of the {commits.Count} commits since {previous.Name} changes what users get ({string.Join(", ", kinds)}).";
    }

    /// <summary>What would have moved the version farther, had no later commit of the same range taken it back; empty where nothing.</summary>
    public static string OfTakenBack(Weight weight) =>
        weight.TakenBack.FirstOrDefault(commit => commit.Bump > weight.Bump && !commit.Message.IsRevert) is { } gone
            ? $" ({gone} was taken back before the release)"
            : "";

    static string FirstLine(string text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOf('\n');
        line = end < 0 ? line : line[..end];
        return line.Length > 120 ? $"{line[..120]}…" : line.ToString();
    }
}
