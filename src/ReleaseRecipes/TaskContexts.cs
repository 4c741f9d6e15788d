using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;

namespace ReleaseRecipes;

/// <summary>
/// The contexts that tasks are written for. Cake leaves out a task whose context does not fit and only warns: left out could be the gate that a
/// build put before its release, so nothing starts.
/// </summary>
static class TaskContexts
{
    /// <exception cref="FrostingException">Names every task that would not run.</exception>
    public static void Check(IServiceCollection registered, IFrostingContext context)
    {
        var misfits =
            from service in registered
            where service.ServiceType == typeof(IFrostingTask)
            let task = service.ImplementationType
            let needed = ContextOf(task)
            where needed is not null && !needed.IsInstanceOfType(context)
            select $"The task {task.FullName} needs the context {needed.FullName}, but the build runs with {context.GetType().FullName}: name it with UseContext<{needed.Name}>().";
        var problems = string.Join('\n', misfits);
        if (problems.Length > 0)
        {
            throw new FrostingException(problems);
        }
    }

    static Type? ContextOf(Type? type) =>
        type is null ? null
        : type.IsConstructedGenericType && type.Assembly == typeof(CakeHost).Assembly ? type.GenericTypeArguments[0]
        : ContextOf(type.BaseType);
}
