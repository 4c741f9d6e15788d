using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Versioning;

public sealed class SchemeTests
{
    [TestCase("YYYY.0M.MICRO", "2026.01.3", "2026-01-31", "2026.01.4")]
    [TestCase("YYYY.0M.MICRO", "2026.01.3", "2026-02-01", "2026.02.0")]
    [TestCase("YYYY.0M.MICRO", "2025.12.9", "2026-01-01", "2026.01.0")]
    [TestCase("YYYY.MM.DD", "2026.1.30", "2026-01-31", "2026.1.31")]
    [TestCase("YYYY.MM.DD", "2026.1.31", "2026-01-31", "2026.1.31.1")]
    [TestCase("YYYY.MM.DD", "2026.1.31.1", "2026-01-31", "2026.1.31.2")]
    [TestCase("YYYY.MM.DD", "2026.1.31.2", "2026-02-01", "2026.2.1")]
    [TestCase("YY.0M", "26.01", "2026-01-31", "26.01.1")]
    [TestCase("0Y.0M.0D.MICRO", "09.01.05.0", "2009-01-05", "09.01.05.1")]
    [TestCase("YYYY.0W.MICRO", "2025.52.3", "2026-01-01", "2026.01.0")]
    [TestCase("YYYY.0W.MICRO", "2026.53.0", "2027-01-01", "2026.53.1")]
    [TestCase("MAJOR.YYYY.MICRO", "3.2025.4", "2026-01-01", "3.2026.0")]
    [TestCase("YYYY-0M-0D", "2026-01-30", "2026-01-31", "2026-01-31")]
    [TestCase("YYYY.0M.MICRO", "2026.02.1", "2026-01-31", "2026.02.2")]
    public void Calendar_versions_follow_the_day(string format, string previous, string day, string expected)
    {
        var scheme = new CalendarScheme(new VersioningSettings { Format = format });
        var before = scheme.Parse(previous)!;

        var next = scheme.Next(before, Bump.Patch, DateOnly.Parse(day));

        Assert.That(next.ToString(), Is.EqualTo(expected));
        Assert.That(next, Is.GreaterThan(before));
        Assert.That(scheme.Parse(expected), Is.EqualTo(next));
    }

    [TestCase(Bump.Major, "2.2026.0")]
    [TestCase(Bump.Minor, "1.2026.5")]
    public void A_calendar_version_counts_what_its_format_counts(Bump bump, string expected)
    {
        var scheme = new CalendarScheme(new VersioningSettings { Format = "MAJOR.YYYY.MICRO" });

        Assert.That(scheme.Next(scheme.Parse("1.2026.4")!, bump, new DateOnly(2026, 3, 1)).ToString(), Is.EqualTo(expected));
    }

    [TestCase("2026.1.0")]
    [TestCase("2026.01")]
    [TestCase("2026.01.0.0")]
    [TestCase("v2026.01.0")]
    [TestCase("2026.01.0-")]
    public void Another_way_to_write_the_calendar_is_somebody_elses_tag(string text) =>
        Assert.That(new CalendarScheme(new VersioningSettings()).Parse(text), Is.Null);

    [Test]
    public void An_unknown_token_is_named() =>
        Assert.That(
            () => new CalendarScheme(new VersioningSettings { Format = "YYYY.QQ" }),
            Throws.TypeOf<ReleaseException>().With.Message.Contains("'QQ'")
        );

    [TestCase(null, "41", "42")]
    [TestCase("build-BUILD", "build-9", "build-10")]
    public void Sequential_versions_count(string? format, string previous, string expected)
    {
        var scheme = new SequentialScheme(new VersioningSettings { Format = format });

        Assert.That(scheme.Next(scheme.Parse(previous)!, Bump.Minor, default).ToString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Where_versions_do_not_tell_what_changed_any_commit_is_worth_a_release()
    {
        using var story = new BranchStory().Tell("* begin | @ v7 | * change something");

        var decision = await story.DecideAsync(
            new ReleaseStrategy { Versioning = new VersioningSettings { Scheme = VersionScheme.Sequential } }
        );

        Assert.That(decision.Version, Is.EqualTo("8"));
    }

    [TestCase(VersionScheme.Semantic, "1.3.0", "major", "2.0.0")]
    [TestCase(VersionScheme.Semantic, "1.3.0", "minor", "1.4.0")]
    [TestCase(VersionScheme.Semantic, "1.3.0", "patch", "1.3.1")]
    [TestCase(VersionScheme.Semantic, "1.3.0", "prerelease", "1.3.1-rc.1")]
    [TestCase(VersionScheme.Semantic, "1.3.0", "hotfix", "1.3.1")]
    [TestCase(VersionScheme.Calendar, "2026.01.0", "major", "2026.01.1")]
    [TestCase(VersionScheme.Calendar, "2026.01.0", "minor", "2026.01.1")]
    [TestCase(VersionScheme.Calendar, "2026.01.0", "patch", "2026.01.1")]
    [TestCase(VersionScheme.Calendar, "2025.12.7", "prerelease", "2026.01.0-rc.1")]
    [TestCase(VersionScheme.Calendar, "2026.01.0", "hotfix", "2026.01.1")]
    [TestCase(VersionScheme.Sequential, "41", "major", "42")]
    [TestCase(VersionScheme.Sequential, "41", "minor", "42")]
    [TestCase(VersionScheme.Sequential, "41", "patch", "42")]
    [TestCase(VersionScheme.Sequential, "41", "prerelease", "42-rc.1")]
    [TestCase(VersionScheme.Sequential, "41", "hotfix", "42")]
    public async Task Every_type_works_over_every_scheme(VersionScheme scheme, string previous, string type, string expected)
    {
        using var story = new BranchStory().Tell($"* feat: begin | @ v{previous} | * docs: change");

        var decision = await story.DecideAsync(
            new ReleaseStrategy { Versioning = new VersioningSettings { Scheme = scheme } },
            new VersionRequest(type, Date: new DateOnly(2026, 1, 31))
        );

        Assert.That(decision.Version, Is.EqualTo(expected));
        Assert.That(decision.FullVersion, Is.EqualTo($"{expected}+{decision.Commit[..7]}"));
        Assert.That(decision.Tag, Is.EqualTo($"v{expected}"), "build metadata is never in the tag");
    }

    [TestCase("YYYY.0M.MICRO")]
    [TestCase("YY.MM.DD")]
    [TestCase("0Y.0W.MINOR.MICRO")]
    [TestCase("YYYY.WW")]
    [TestCase("MAJOR.YYYY.0M.0D")]
    [TestCase("YYYY-0M-0D")]
    public void Calendar_versions_grow_and_read_as_what_was_printed(string format)
    {
        var scheme = new CalendarScheme(new VersioningSettings { Format = format });
        var bumps = Gen.Elements(Bump.Patch, Bump.Minor, Bump.Major);
        // Days in any order: a clock may go back.
        var releases =
            from days in Gen.ListOf(Gen.Choose(0, 4000))
            from kinds in Gen.ListOf(bumps, days.Count)
            select days.Zip(kinds).ToList();

        Prop.ForAll(
                releases.ToArbitrary(),
                releases =>
                {
                    var version = scheme.First(new DateOnly(2024, 12, 28));
                    return releases.TrueForAll(release =>
                    {
                        var before = version;
                        version = scheme.Next(before, release.Second, new DateOnly(2024, 12, 28).AddDays(release.First));
                        return version > before && scheme.Parse(version.ToString()) == version;
                    });
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [TestCase("feat!: x", true, "0.2.0")]
    [TestCase("feat!: x", false, "1.0.0")]
    [TestCase("feat: x", true, "0.2.0")]
    public async Task Below_1_0_0_breaking_can_mean_minor(string message, bool option, string expected)
    {
        using var story = new BranchStory().Tell($"* feat: begin | @ v0.1.4 | * {message}");

        var decision = await story.DecideAsync(
            new ReleaseStrategy { Versioning = new VersioningSettings { ZeroMajorBumpsMinor = option } }
        );

        Assert.That(decision.Version, Is.EqualTo(expected));
    }
}
