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
    const string Folder = "artifacts/packages";

    public override void Run(ICakeContext context)
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        var frosting = context.Argument("cake-frosting", "source");
        foreach (var project in Packages.Projects.Where(project => frosting == "source" || project != Packages.StandIn))
        {
            var build = new DotNetMSBuildSettings
            {
                Properties =
                {
                    ["Version"] = [context.EnvironmentVariable("RELEASE_VERSION", context.Argument("release-version", "0.0.0-local"))],
                    ["CakeFrosting"] = [frosting],
                    ["ContinuousIntegrationBuild"] = ["true"],
                },
            };
            if (project == Packages.Recipe && context.Argument<string?>("baseline", null) is { } last)
            {
                // A package that breaks what builds on the last release is not made.
                build.Properties["EnablePackageValidation"] = ["true"];
                build.Properties["PackageValidationBaselinePath"] = [System.IO.Path.GetFullPath(last)];
            }

            var settings = new DotNetPackSettings
            {
                Configuration = "Release",
                OutputDirectory = Folder,
                MSBuildSettings = build,
            };
            context.DotNetPack(project, settings);
        }
    }
}
