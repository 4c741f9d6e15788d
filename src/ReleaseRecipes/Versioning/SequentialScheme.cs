using System.Globalization;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>One number that counts releases: 1, 2, 3. A format such as <c>build-BUILD</c> puts text around it.</summary>
/// <param name="settings">Whose format counts; <c>BUILD</c> where it has none.</param>
public sealed class SequentialScheme(VersioningSettings settings) : IVersionScheme
{
    readonly string[] around = (settings.Format ?? "BUILD").Split("BUILD", 2);

    public ReleaseVersion? Parse(string text)
    {
        var rest = text.StartsWith(around[0], StringComparison.Ordinal) ? text[around[0].Length..] : "";
        var digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
        {
            digits++;
        }

        var tail = rest.AsSpan(digits);
        if (digits is 0 or > 18 || (digits > 1 && rest[0] == '0') || !tail.StartsWith(After))
        {
            return null;
        }

        tail = tail[After.Length..];
        var labels = tail.StartsWith("-") ? tail[1..].ToString() : "";
        var number = long.Parse(rest.AsSpan(0, digits), CultureInfo.InvariantCulture);
        return tail.IsEmpty || ReleaseVersion.Parse($"0-{labels}", padded: false) is not null ? Written(number).With(labels) : null;
    }

    public ReleaseVersion Next(ReleaseVersion previous, Bump bump, DateOnly date) =>
        bump == Bump.None ? previous : Written(previous.Major + 1);

    public ReleaseVersion First(DateOnly date) => Parse(settings.InitialVersion) ?? Written(1);

    string After => around.Length > 1 ? around[1] : "";

    ReleaseVersion Written(long number) => new([number], padded: around[0] + number.ToString(CultureInfo.InvariantCulture) + After);
}
