using Cake.Common;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.MSBuild;
using Cake.Common.Tools.DotNet.Pack;
using Cake.Common.Tools.DotNet.Restore;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;

/// <summary>The packages, with all that a feed without Cake.Frosting lacks.</summary>
[TaskName("Pack")]
[TaskDescription("Makes the packages in artifacts/packages")]
public sealed class PackTask : FrostingTask
{
    const string Folder = "artifacts/packages";

    public override void Run(ICakeContext context)
    {
        Clear();
        var build = new DotNetMSBuildSettings
        {
            Properties =
            {
                ["Version"] = [context.EnvironmentVariable("RELEASE_VERSION", context.Argument("release-version", "0.0.0-local"))],
                ["CakeFrosting"] = [context.Argument("cake-frosting", "source")],
                ["ContinuousIntegrationBuild"] = ["true"],
                ["AheadOfTime"] = [Packages.AheadOfTime],
            },
        };
        if (context.Argument<string?>("baseline", null) is { } last)
        {
            build.Properties["Baseline"] = [System.IO.Path.GetFullPath(last)];
        }

        try
        {
            context.DotNetRestore(Packages.All, new DotNetRestoreSettings { MSBuildSettings = build });
        }
        catch (CakeException)
        {
            // A feed may lack the compiler for it; what builds use the packages then compile themselves, at their first start.
            context.Log.Warning("The recipe cannot be compiled ahead of time here; the packages are made without.");
            build.Properties["AheadOfTime"] = [""];
        }

        var settings = new DotNetPackSettings
        {
            Configuration = "Release",
            OutputDirectory = Folder,
            MSBuildSettings = build,
        };
        try
        {
            context.DotNetPack(Packages.All, settings);
        }
        catch (CakeException)
        {
            // What was found wanting lies there already; nobody is to publish it.
            Clear();
            throw;
        }
    }

    static void Clear()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
