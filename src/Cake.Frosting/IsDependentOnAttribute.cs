namespace Cake.Frosting;

/// <summary>The task given by <paramref name="type"/> runs before this one.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependentOnAttribute(Type type) : Attribute, ITaskDependency
{
    public Type Task { get; } = type ?? throw new ArgumentNullException(nameof(type));
}
