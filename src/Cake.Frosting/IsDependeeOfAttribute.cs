namespace Cake.Frosting;

/// <summary>This task runs before the one given by <paramref name="type"/>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependeeOfAttribute(Type type) : Attribute, IReverseTaskDependency
{
    public Type Task { get; } = type ?? throw new ArgumentNullException(nameof(type));
}
