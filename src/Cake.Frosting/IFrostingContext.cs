using Cake.Core;

namespace Cake.Frosting;

/// <summary>What tasks see of the build.</summary>
public interface IFrostingContext : ICakeContext;
