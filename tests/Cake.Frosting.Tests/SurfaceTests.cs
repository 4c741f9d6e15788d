using System.Reflection;
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
    public void The_assembly_is_called_as_the_official_one()
    {
        Assembly frosting = typeof(CakeHost).Assembly;

        Assert.That(frosting.GetName().Name, Is.EqualTo("Cake.Frosting"));
    }

    static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd().Split('\n');
}
