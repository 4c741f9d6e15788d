namespace Cake.Frosting;

/// <summary>What <c>--description</c> shows of the task.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskDescriptionAttribute(string description) : Attribute
{
    public string Description { get; } = description;
}
