using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Versioning;

public sealed class ReleaseVersionTests
{
    static readonly Arbitrary<ReleaseVersion> Versions = (
        from major in Gen.Choose(0, 20)
        from minor in Gen.Choose(0, 20)
        from patch in Gen.Choose(0, 20)
        from labels in Gen.Elements("", "rc.1", "rc.2", "alpha", "alpha.1", "1", "x-y.10", "a1")
        select new ReleaseVersion([major, minor, patch], labels)
    ).ToArbitrary();

    [Test]
    public void What_is_printed_reads_as_what_it_was() =>
        Prop.ForAll(Versions, version => ReleaseVersion.ParseSemantic(version.ToString()) == version).QuickCheckThrowOnFailure();

    [Test]
    public void The_order_is_total() =>
        Prop.ForAll(
                Versions,
                Versions,
                Versions,
                (a, b, c) =>
                    a.CompareTo(b) == -b.CompareTo(a)
                    && (a.CompareTo(b) > 0 || b.CompareTo(c) > 0 || a.CompareTo(c) <= 0)
                    && (a == b) == (a.ToString() == b.ToString())
            )
            .QuickCheckThrowOnFailure();

    [Test]
    public void The_next_version_is_always_greater() =>
        Prop.ForAll(
                Versions,
                Gen.Elements(Bump.Major, Bump.Minor, Bump.Patch).ToArbitrary(),
                Gen.Elements(true, false).ToArbitrary(),
                (version, bump, zero) =>
                    new SemanticScheme(new VersioningSettings { ZeroMajorBumpsMinor = zero }).Next(version.Release, bump, default) > version
            )
            .QuickCheckThrowOnFailure();

    // Semantic Versioning 2.0.0, 11: "1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.beta < 1.0.0-beta < 1.0.0-beta.2 < 1.0.0-beta.11 < 1.0.0-rc.1 < 1.0.0"
    [Test]
    public void The_example_of_the_specification_is_in_order()
    {
        string[] example =
        [
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
        ];

        Assert.That(example.Select(text => ReleaseVersion.ParseSemantic(text)), Is.Ordered);
    }

    // Semantic Versioning 2.0.0, 2: "X, Y, and Z are non-negative integers, and MUST NOT contain leading zeroes."
    [TestCase("01.2.3")]
    [TestCase("1.02.3")]
    [TestCase("1.2")]
    [TestCase("1.2.3.4")]
    [TestCase("1.2.3-")]
    [TestCase("1.2.3-01")]
    [TestCase("1.2.3-a..b")]
    [TestCase("1.2.3-ä")]
    [TestCase("1.2.3 ")]
    [TestCase("-1.2.3")]
    [TestCase("+1.2.3")]
    [TestCase("1.2.1000000000000000000000000000000")]
    [TestCase("\u202E1.2.3")]
    [TestCase("1.2.3\n")]
    [TestCase("１.2.3")]
    [TestCase("")]
    public void Anything_else_is_no_version(string text) => Assert.That(ReleaseVersion.ParseSemantic(text), Is.Null);

    [Test]
    public void Tags_of_others_are_passed_over()
    {
        string[] names =
        [
            "v1.2.3",
            "1.2.4",
            "v01.2.5",
            "core/v9.0.0",
            "6.5-release-branch-cut",
            "v1.2",
            "vv1.2.6",
            "v1.2.3-rc.1",
            "refs/tags/v8.0.0",
            "--upload-pack=x",
        ];

        var found = VersionTag.In(names.Select(name => new GitTag(name, "c")), "v", new SemanticScheme(new VersioningSettings()));

        Assert.That(found.Select(tag => tag.Name), Is.EqualTo(new[] { "v1.2.3", "1.2.4", "v1.2.3-rc.1" }));
    }
}
