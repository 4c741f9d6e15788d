using System.IO;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using ReleaseRecipes;
using ReleaseRecipes.Steps;

return new CakeHost().UseContext<ShopContext>().UseReleaseRecipe().Run(args);

public sealed class ShopContext(ICakeContext context) : FrostingContext(context)
{
    public string Greeting => "The shop was here first.";
}

/// <summary>A task the build had before, on its own context.</summary>
[TaskName("Greet")]
public sealed class GreetTask : FrostingTask<ShopContext>
{
    public override void Run(ShopContext context) => context.Log.Information(context.Greeting);
}

/// <summary>A step of its own between the tag and the environments: every release runs it, and it stops the release when it fails.</summary>
[TaskName("Announce")]
[IsDependentOn(typeof(TagTask))]
[IsDependeeOf(typeof(DeployStagingTask))]
public sealed class AnnounceTask : FrostingTask<ShopContext>
{
    public override void Run(ShopContext context)
    {
        Directory.CreateDirectory("artifacts");
        File.WriteAllText("artifacts/announced.txt", "A new version is on its way.");
    }
}
