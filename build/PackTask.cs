using Cake.Common;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.MSBuild;
using Cake.Common.Tools.DotNet.Pack;
using Cake.Core;
using Cake.Frosting;

/// <summary>The packages, with all that a feed without Cake.Frosting lacks.</summary>
[TaskName("Pack")]
[TaskDescription("Makes the packages in artifacts/packages")]
public sealed class PackTask : FrostingTask
{
    const string Packages = "artifacts/packages";

    public override void Run(ICakeContext context)
    {
        if (Directory.Exists(Packages))
        {
            Directory.Delete(Packages, recursive: true);
        }

        var build = new DotNetMSBuildSettings
        {
            Properties =
            {
                ["Version"] = [context.EnvironmentVariable("RELEASE_VERSION", context.Argument("release-version", "0.0.0-local"))],
                ["CakeFrosting"] = [context.Argument("cake-frosting", "source")],
                ["ContinuousIntegrationBuild"] = ["true"],
            },
        };
        var settings = new DotNetPackSettings
        {
            Configuration = "Release",
            OutputDirectory = Packages,
            MSBuildSettings = build,
        };
        string[] projects = ["src/Cake.Frosting", "src/ReleaseRecipes"];
        foreach (var project in projects)
        {
            context.DotNetPack(project, settings);
        }
    }
}
