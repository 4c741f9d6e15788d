using System.Reflection;
using System.Reflection.Emit;

namespace ReleaseRecipes.Recipes.Tests;

/// <summary>The package held against the one of the last release.</summary>
[Parallelizable(ParallelScope.Self)]
[Category("Slow")]
public sealed class BaselineTests
{
    [Test]
    public void A_package_that_takes_a_name_away_is_refused()
    {
        var ran = Packed.Pack(Packages.Recipe, Packed.NewFolder("again"), "made", "--no-restore", $"-p:Baseline={LastRelease()}");

        Assert.That(ran.ExitCode, Is.EqualTo(1), ran.Output);
        Assert.That(ran.Output, Does.Contain("error CP0002").And.Contain("ReleaseRecipe.Gone()"));
    }

    // A release whose recipe had a method more.
    static string LastRelease()
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("ReleaseRecipes") { Version = new(1, 0) }, typeof(object).Assembly);
        var recipe = assembly
            .DefineDynamicModule("ReleaseRecipes")
            .DefineType("ReleaseRecipes.ReleaseRecipe", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        var gone = recipe.DefineMethod("Gone", MethodAttributes.Public | MethodAttributes.Static).GetILGenerator();
        gone.Emit(OpCodes.Ret);
        recipe.CreateType();
        var compiled = new MemoryStream();
        assembly.Save(compiled);
        compiled.Position = 0;
        return HandMadePackage.Make(
            Packed.NewFolder("last"),
            "ReleaseRecipes",
            "1.0.0",
            [],
            [("lib/net10.0/ReleaseRecipes.dll", compiled)]
        );
    }
}
