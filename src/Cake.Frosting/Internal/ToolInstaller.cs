using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Packaging;
using Cake.Core.Tooling;

namespace Cake.Frosting.Internal;

/// <summary>Installs tools with the first of Cake's package installers that knows their scheme.</summary>
sealed class ToolInstaller(
    ICakeEnvironment environment,
    IToolLocator locator,
    ICakeConfiguration configuration,
    IEnumerable<IPackageInstaller> installers
) : IToolInstaller
{
    public void Install(PackageReference tool)
    {
        var installer =
            installers.FirstOrDefault(installer => installer.CanInstall(tool, PackageType.Tool))
            ?? throw new FrostingException($"Could not find an installer for the '{tool.Scheme}' scheme.");
        var files = installer.Install(tool, PackageType.Tool, configuration.GetToolPath(".", environment));
        if (files.Count == 0)
        {
            throw new FrostingException($"Failed to install tool '{tool.Package}'.");
        }

        foreach (var file in files)
        {
            locator.RegisterFile(file.Path);
        }
    }
}
