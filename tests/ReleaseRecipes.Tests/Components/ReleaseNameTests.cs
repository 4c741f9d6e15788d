using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Components;

namespace ReleaseRecipes.Tests.Components;

public sealed class ReleaseNameTests
{
    [Test]
    public void A_release_is_named_by_what_it_releases() =>
        Assert.That(ReleaseName.Of([("core", "1.1.0"), ("web", "2.0.1-rc.1")]), Is.EqualTo("core-1.1.0_web-2.0.1-rc.1"));

    [Test]
    public void Many_components_make_a_name_that_still_fits_into_a_label_and_differs_where_any_version_does()
    {
        var many = Enumerable.Range(0, 40).Select(number => ($"component-{number}", "1.0.0")).ToList();
        var name = ReleaseName.Of(many);

        Assert.That(name, Does.StartWith("component-0-1.0.0_component-1-1.0.0_and-38-more-"));
        Assert.That(name, Has.Length.LessThanOrEqualTo(63));
        many[39] = ("component-39", "1.0.1");
        Assert.That(ReleaseName.Of(many), Is.Not.EqualTo(name));
    }

    [Test]
    public void One_long_name_fits_too() =>
        Assert.That(ReleaseName.Of([(new string('a', 40), $"1.0.0-{new string('b', 40)}.1")]), Does.Match("^1-components-[0-9a-f]{8}$"));

    [Test]
    public void Different_releases_have_different_names() =>
        Prop.ForAll(
                Releases().ToArbitrary(),
                Releases().ToArbitrary(),
                (left, right) => left.SequenceEqual(right) == (ReleaseName.Of(left) == ReleaseName.Of(right))
            )
            .QuickCheckThrowOnFailure();

    static Gen<List<(string, string)>> Releases() =>
        from names in Gen.SubListOf<string>("a", "b-c", "b", "c_d", "c", "d")
        from numbers in Gen.ArrayOf(Gen.Choose(0, 2), 6)
        where names.Count > 0
        select names.Select((name, index) => (name, $"1.{numbers[index]}.0")).ToList();
}
