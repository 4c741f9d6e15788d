using System.Globalization;

namespace ReleaseRecipes.Versioning;

/// <summary>
/// A version of any scheme: numbers with dots between, and the labels of a pre-release. Ordered as Semantic Versioning 2.0.0 orders:
/// number by number, a pre-release before its release, label by label.
/// </summary>
public sealed class ReleaseVersion : IComparable<ReleaseVersion>, IEquatable<ReleaseVersion>
{
    /// <summary>The greatest number that a version may hold; a tag with a greater one names no version.</summary>
    public const long Greatest = 999_999_999_999_999_999;

    const int LongestText = 200;

    /// <summary>Makes a version from its parts.</summary>
    /// <param name="numbers">At least one number, none negative.</param>
    /// <param name="preRelease">The labels with dots between; empty for a release.</param>
    /// <param name="padded">The numbers as they are written, where the scheme pads them with zeros.</param>
    public ReleaseVersion(IReadOnlyList<long> numbers, string preRelease = "", string? padded = null)
    {
        Numbers = numbers;
        PreRelease = preRelease;
        Core = padded ?? string.Join('.', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Major, minor, patch; or whatever the scheme counts.</summary>
    public IReadOnlyList<long> Numbers { get; }

    /// <summary>The labels of a pre-release with dots between, such as <c>rc.1</c>; empty for a release.</summary>
    public string PreRelease { get; }

    /// <summary>The numbers as text, without the pre-release.</summary>
    public string Core { get; }

    /// <summary>Whether it comes before the release of the same numbers.</summary>
    public bool IsPreRelease => PreRelease.Length > 0;

    public long Major => Numbers[0];

    public long Minor => Numbers.Count > 1 ? Numbers[1] : 0;

    public long Patch => Numbers.Count > 2 ? Numbers[2] : 0;

    /// <summary>The same numbers without the pre-release.</summary>
    public ReleaseVersion Release => IsPreRelease ? new(Numbers, padded: Core) : this;

    /// <summary>The same numbers with these labels.</summary>
    public ReleaseVersion With(string preRelease) => new(Numbers, preRelease, Core);

    /// <summary>Reads a version strictly by Semantic Versioning 2.0.0, without build metadata. Null: the text is none.</summary>
    public static ReleaseVersion? ParseSemantic(ReadOnlySpan<char> text)
    {
        var version = Parse(text, padded: false);
        return version is { Numbers.Count: 3 } ? version : null;
    }

    /// <summary>Reads one to five numbers and an optional pre-release. Null: the text is no version.</summary>
    /// <param name="text">The text without a tag's prefix and without build metadata.</param>
    /// <param name="padded">Whether a number may begin with zeros, as months of calendar versions do.</param>
    public static ReleaseVersion? Parse(ReadOnlySpan<char> text, bool padded)
    {
        if (text.Length is 0 or > LongestText)
        {
            return null;
        }

        var dash = text.IndexOf('-');
        var labels = dash < 0 ? [] : text[(dash + 1)..];
        var core = dash < 0 ? text : text[..dash];
        if (dash >= 0 && !AreLabels(labels))
        {
            return null;
        }

        var numbers = new List<long>(3);
        foreach (var range in core.Split('.'))
        {
            var digits = core[range];
            if (numbers.Count == 5 || !IsNumber(digits, padded))
            {
                return null;
            }

            numbers.Add(long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return new ReleaseVersion(numbers, labels.ToString(), core.ToString());
    }

    public int CompareTo(ReleaseVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        for (var index = 0; index < Math.Max(Numbers.Count, other.Numbers.Count); index++)
        {
            var difference = At(Numbers, index).CompareTo(At(other.Numbers, index));
            if (difference != 0)
            {
                return difference;
            }
        }

        return PreReleaseOrder.Compare(PreRelease, other.PreRelease);
    }

    public bool Equals(ReleaseVersion? other) => other is not null && CompareTo(other) == 0;

    public override bool Equals(object? obj) => Equals(obj as ReleaseVersion);

    public override int GetHashCode() => HashCode.Combine(Major, Minor, Patch, PreRelease);

    public static bool operator ==(ReleaseVersion? left, ReleaseVersion? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ReleaseVersion? left, ReleaseVersion? right) => !(left == right);

    public static bool operator <(ReleaseVersion left, ReleaseVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(ReleaseVersion left, ReleaseVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(ReleaseVersion left, ReleaseVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ReleaseVersion left, ReleaseVersion right) => left.CompareTo(right) >= 0;

    /// <summary>The version as it is written in a tag.</summary>
    public override string ToString() => IsPreRelease ? $"{Core}-{PreRelease}" : Core;

    static long At(IReadOnlyList<long> numbers, int index) => index < numbers.Count ? numbers[index] : 0;

    static bool IsNumber(ReadOnlySpan<char> digits, bool padded) =>
        digits.Length is > 0 and <= 18 && !digits.ContainsAnyExceptInRange('0', '9') && (padded || digits.Length == 1 || digits[0] != '0');

    static bool AreLabels(ReadOnlySpan<char> labels)
    {
        foreach (var range in labels.Split('.'))
        {
            var label = labels[range];
            if (label.IsEmpty || !PreReleaseOrder.IsLabel(label))
            {
                return false;
            }
        }

        return true;
    }
}
