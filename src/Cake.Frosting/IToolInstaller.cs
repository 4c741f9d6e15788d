using Cake.Core.Packaging;

namespace Cake.Frosting;

/// <summary>Brings a tool onto this machine before the first task runs.</summary>
public interface IToolInstaller
{
    void Install(PackageReference tool);
}
