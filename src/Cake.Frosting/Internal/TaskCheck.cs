namespace Cake.Frosting.Internal;

/// <summary>Looks for what can never run, before anything does: a dropped task could be the gate of a release.</summary>
sealed class TaskCheck(IReadOnlyList<RegisteredTask> tasks, IFrostingContext context)
{
    /// <exception cref="FrostingException">One message with every problem.</exception>
    public void Check()
    {
        string[] problems = [.. tasks.SelectMany(Misfits), .. SharedNames(), .. tasks.SelectMany(Missing)];
        problems = problems.Length > 0 ? problems : [.. Cycles()];
        if (problems.Length > 0)
        {
            throw new FrostingException(string.Join(Environment.NewLine, problems));
        }
    }

    /// <exception cref="FrostingException">The setup, teardown or lifetime is written for another context.</exception>
    public static void Check(object? lifetime, IFrostingContext context)
    {
        if (lifetime is not null && RegisteredTask.ContextOf(lifetime.GetType()) is { } needed && !needed.IsInstanceOfType(context))
        {
            throw new FrostingException($"{lifetime.GetType().FullName} {NeedsContext(needed, context)}");
        }
    }

    static string NeedsContext(Type needed, IFrostingContext context) =>
        $"needs the context {needed.FullName}, but the build runs with {context.GetType().FullName}: name it with UseContext<{needed.Name}>().";

    IEnumerable<string> Misfits(RegisteredTask task)
    {
        if (task.Context is null)
        {
            yield return $"Task '{task.Name}' ({task.Type.FullName}) derives from neither FrostingTask nor AsyncFrostingTask.";
        }
        else if (!task.Context.IsInstanceOfType(context))
        {
            yield return $"Task '{task.Name}' ({task.Type.FullName}) {NeedsContext(task.Context, context)}";
        }
    }

    IEnumerable<string> SharedNames() =>
        tasks
            .GroupBy(task => task.Name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1)
            .Select(same =>
                same.Select(task => task.Type).Distinct().Count() == 1
                    ? $"Task '{same.Key}' is registered twice: its assembly was added twice."
                    : $"Two tasks are named '{same.Key}': {string.Join(" and ", same.Select(task => task.Type.FullName))}. Name one of them otherwise with [TaskName]."
            );

    IEnumerable<string> Missing(RegisteredTask task)
    {
        foreach (var other in task.Before.Concat(task.After))
        {
            var name = RegisteredTask.NameOf(other);
            if (!other.IsAssignableTo(typeof(IFrostingTask)))
            {
                yield return $"Task '{task.Name}' is ordered against {other.FullName}, which is not a task.";
            }
            else if (!tasks.Any(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"Task '{task.Name}' is ordered against '{name}' ({other.FullName}), which is not among the tasks: it must be public, and its assembly added with AddAssembly.";
            }
        }
    }

    IEnumerable<string> Cycles()
    {
        var before = tasks.ToDictionary(task => task.Name, _ => new List<string>(), StringComparer.OrdinalIgnoreCase);
        foreach (var task in tasks)
        {
            before[task.Name].AddRange(task.Before.Select(RegisteredTask.NameOf));
            foreach (var after in task.After)
            {
                before[RegisteredTask.NameOf(after)].Add(task.Name);
            }
        }

        return DependencyCycle.Find(before) is { } cycle ? [$"These tasks wait for each other: {string.Join(" -> ", cycle)}."] : [];
    }
}
