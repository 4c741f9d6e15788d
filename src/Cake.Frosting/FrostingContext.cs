using Cake.Core;

namespace Cake.Frosting;

/// <summary>Derive from this to hand state from one task to the next.</summary>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext;
