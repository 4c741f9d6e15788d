using Cake.Core.IO;
using Cake.Core.Packaging;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>
/// Cake's installer of tools on demand, made when the first tool is. Every context asks for one, and making it
/// would load NuGet and read its settings: the longest part of a start that installs nothing.
/// </summary>
sealed class LateToolInstaller(IServiceProvider provider) : Core.Tooling.IToolInstaller
{
    readonly Lazy<Core.Tooling.IToolInstaller> installer = new(() =>
        ActivatorUtilities.CreateInstance<Core.Tooling.ToolInstaller>(provider)
    );

    public IEnumerable<FilePath> Install(PackageReference tool) => installer.Value.Install(tool);
}
