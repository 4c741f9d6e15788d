namespace Cake.Frosting.Tests;

/// <summary>What <c>AddAssembly</c> finds in this assembly.</summary>
public sealed class TheOnlyPublicTask : FrostingTask;
