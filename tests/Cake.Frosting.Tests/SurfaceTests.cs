using Cake.Core;
using Cake.Frosting.Tests.Support;

namespace Cake.Frosting.Tests;

public sealed class SurfaceTests
{
    [Test]
    public void The_public_surface_is_that_of_the_official_Cake_Frosting()
    {
        var expected = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "surface.txt"));

        var actual = PublicSurface.Of(typeof(CakeHost).Assembly);

        Assert.That(Lines(actual), Is.EqualTo(Lines(expected)));
    }

    [Test]
    public void The_assembly_has_the_name_and_version_of_the_official_one()
    {
        var frosting = typeof(CakeHost).Assembly.GetName();

        Assert.That((frosting.Name, frosting.Version), Is.EqualTo(("Cake.Frosting", typeof(ICakeContext).Assembly.GetName().Version)));
    }

    static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd().Split('\n');
}
