using Cake.Core;

namespace Cake.Frosting;

/// <summary>Runs once, before the first task; in a dry run too.</summary>
public abstract class FrostingSetup : FrostingSetup<ICakeContext>;

/// <summary>Runs once, before the first task; in a dry run too.</summary>
public abstract class FrostingSetup<TContext> : IFrostingSetup
    where TContext : ICakeContext
{
    public abstract void Setup(TContext context, ISetupContext info);

    void IFrostingSetup.Setup(ICakeContext context, ISetupContext info) => Setup((TContext)context, info);
}
