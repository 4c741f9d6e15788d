using System.Reflection;
using Cake.Frosting;

namespace ReleaseRecipes;

/// <summary>The targets that a build has: the recipe's and its own.</summary>
public static class Targets
{
    /// <summary>Their names, sorted.</summary>
    public static IReadOnlyList<string> Names() => [.. All().Select(NameOf).Order(StringComparer.Ordinal)];

    /// <summary>The recipe's own targets with what each does.</summary>
    public static IReadOnlyList<(string Name, string Description)> OfTheRecipe() =>
        [.. TypesOfTheRecipe().Select(task => (NameOf(task), DescriptionOf(task)))];

    /// <summary>The recipe's own tasks, in the order in which they are told of.</summary>
    internal static IReadOnlyList<Type> TypesOfTheRecipe() =>
        [.. In(typeof(Targets).Assembly).OrderBy(task => Array.IndexOf(Order, NameOf(task)))];

    internal static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;

    internal static string DescriptionOf(Type task) => task.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? "";

    // As a release runs, then what is asked about it, then what is asked of the repository.
    static readonly string[] Order =
    [
        "Plan",
        "Version",
        "Changelog",
        "Gates",
        "Package",
        "Tag",
        "DeployStaging",
        "DeployProduction",
        "Release",
        "Deploy",
        "Approve",
        "Promote",
        "Abort",
        "Rollback",
        "Status",
        "Audit",
        "Down",
        "Backtest",
        "Validate",
        "Explain",
        "Doctor",
        "Init",
    ];

    static IEnumerable<Type> All() =>
        In(typeof(Targets).Assembly).Concat(Assembly.GetEntryAssembly() is { } entry && entry != typeof(Targets).Assembly ? In(entry) : []);

    static IEnumerable<Type> In(Assembly assembly) =>
        assembly.GetExportedTypes().Where(type => type.IsClass && !type.IsAbstract && typeof(IFrostingTask).IsAssignableFrom(type));
}
