namespace Cake.Frosting.Tests.Support;

/// <summary>What ran, in order.</summary>
public sealed class Steps
{
    readonly List<string> steps = [];

    public void Add(string step) => steps.Add(step);

    public override string ToString() => string.Join(" ", steps);
}
