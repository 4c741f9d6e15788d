namespace ReleaseRecipes.Versioning;

/// <summary>The order of pre-releases by Semantic Versioning 2.0.0, item 11.</summary>
static class PreReleaseOrder
{
    /// <summary>Compares two lists of labels; the empty list is the release itself and comes last.</summary>
    public static int Compare(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return right.Length.CompareTo(left.Length);
        }

        var (mine, theirs) = (left.Split('.'), right.Split('.'));
        for (var index = 0; index < Math.Min(mine.Length, theirs.Length); index++)
        {
            var difference = CompareLabels(mine[index], theirs[index]);
            if (difference != 0)
            {
                return difference;
            }
        }

        return mine.Length.CompareTo(theirs.Length);
    }

    /// <summary>Whether the text may stand as a label: ASCII letters, digits and hyphens, a number without leading zeros.</summary>
    public static bool IsLabel(ReadOnlySpan<char> label)
    {
        foreach (var character in label)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '-')
            {
                return false;
            }
        }

        return !(label.Length > 1 && label[0] == '0' && IsNumber(label));
    }

    static int CompareLabels(string left, string right) =>
        (IsNumber(left), IsNumber(right)) switch
        {
            // Numbers may be longer than any integer type: without leading zeros the longer one is the greater.
            (true, true) => left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right),
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(left, right),
        };

    static bool IsNumber(ReadOnlySpan<char> label) => label.Length > 0 && !label.ContainsAnyExceptInRange('0', '9');
}
