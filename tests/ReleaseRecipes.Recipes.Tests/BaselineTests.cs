namespace ReleaseRecipes.Recipes.Tests;

/// <summary>The package held against the one of the last release.</summary>
[NonParallelizable]
[Category("Slow")]
public sealed class BaselineTests
{
    [Test]
    public void A_package_that_takes_a_name_away_is_not_made()
    {
        var last = Packed.NewFolder("last");
        File.WriteAllText(
            Path.Combine(last, "Gone.cs"),
            "namespace ReleaseRecipes; public static class ReleaseRecipe { public static int Gone() => 0; }"
        );
        File.WriteAllText(
            Path.Combine(last, "ReleaseRecipes.csproj"),
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><Version>1.0.0</Version></PropertyGroup></Project>"""
        );
        Ran.Of("dotnet", ["pack", "--output", last, "--disable-build-servers", "-v=quiet"], last).Succeeds();

        var ran = Packed.Pack(
            Packages.Recipe,
            Packed.NewFolder("again"),
            "made",
            "-p:EnablePackageValidation=true",
            $"-p:PackageValidationBaselinePath={Path.Combine(last, "ReleaseRecipes.1.0.0.nupkg")}"
        );

        Assert.That(ran.ExitCode, Is.EqualTo(1), ran.Output);
        Assert.That(ran.Output, Does.Contain("CP0002").And.Contain("ReleaseRecipe.Gone()"));
    }
}
