using Cake.Core;

namespace Cake.Frosting;

/// <summary>Runs once, after the last task, also when one failed; in a dry run too.</summary>
public interface IFrostingTeardown
{
    void Teardown(ICakeContext context, ITeardownContext info);
}
