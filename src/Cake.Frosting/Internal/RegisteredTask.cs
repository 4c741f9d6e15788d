using System.Reflection;
using Cake.Core;

namespace Cake.Frosting.Internal;

/// <summary>A task as its attributes describe it.</summary>
sealed class RegisteredTask(IFrostingTask task)
{
    public Type Type { get; } = task.GetType();

    public string Name { get; } = NameOf(task.GetType());

    /// <summary>The context the task is written for; null where it derives from neither of Frosting's two task classes.</summary>
    public Type? Context { get; } = ContextOf(task.GetType());

    public IReadOnlyList<Type> Before { get; } =
    [.. task.GetType().GetCustomAttributes<IsDependentOnAttribute>().Select(before => before.Task)];

    public IReadOnlyList<Type> After { get; } =
    [.. task.GetType().GetCustomAttributes<IsDependeeOfAttribute>().Select(after => after.Task)];

    public static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;

    /// <summary>The context of Frosting's own base class, however many classes lie between.</summary>
    public static Type? ContextOf(Type type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (at.IsConstructedGenericType && at.Assembly == typeof(CakeHost).Assembly)
            {
                return at.GenericTypeArguments[0];
            }
        }

        return null;
    }

    /// <summary>Registers with the engine only what the task overrides: an unused error handler would swallow failures.</summary>
    public void RegisterWith(ICakeEngine engine, IFrostingContext context)
    {
        var builder = engine.RegisterTask(Name);
        if (Type.GetCustomAttribute<TaskDescriptionAttribute>() is { } description)
        {
            builder.Description(description.Description);
        }

        if (Overrides("Run", Context!) || Overrides("RunAsync", Context!))
        {
            builder.Does(task.RunAsync);
        }

        if (Overrides("ShouldRun", Context!))
        {
            builder.WithCriteria(task.ShouldRun, task.SkippedMessage);
        }

        if (Type.IsDefined(typeof(ContinueOnErrorAttribute), inherit: false))
        {
            builder.ContinueOnError();
        }

        if (Overrides("OnError", typeof(Exception), Context!))
        {
            builder.OnError(exception => task.OnError(exception, context));
        }

        if (Overrides("Finally", Context!))
        {
            builder.Finally(() => task.Finally(context));
        }

        foreach (var before in Before)
        {
            builder.IsDependentOn(NameOf(before));
        }

        foreach (var after in After)
        {
            builder.IsDependeeOf(NameOf(after));
        }
    }

    bool Overrides(string method, params Type[] parameters) =>
        Type.GetMethod(method, parameters) is { } found && found.GetBaseDefinition().DeclaringType != found.DeclaringType;
}
