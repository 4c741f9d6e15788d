using Cake.Core;

namespace Cake.Frosting;

/// <summary>Runs once, before the first task; in a dry run too.</summary>
public interface IFrostingSetup
{
    void Setup(ICakeContext context, ISetupContext info);
}
