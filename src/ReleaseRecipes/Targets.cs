using System.Reflection;
using Cake.Frosting;

namespace ReleaseRecipes;

/// <summary>The targets that a build has: the recipe's and its own.</summary>
public static class Targets
{
    /// <summary>Their names, sorted.</summary>
    public static IReadOnlyList<string> Names() => [.. All().Select(target => target.Name).Order(StringComparer.Ordinal)];

    /// <summary>The recipe's own targets with what each does.</summary>
    public static IReadOnlyList<(string Name, string Description)> OfTheRecipe() =>
        [.. In(typeof(Targets).Assembly).OrderBy(target => Array.IndexOf(Order, target.Name))];

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

    static IEnumerable<(string Name, string Description)> All() =>
        In(typeof(Targets).Assembly).Concat(Assembly.GetEntryAssembly() is { } entry && entry != typeof(Targets).Assembly ? In(entry) : []);

    static IEnumerable<(string Name, string Description)> In(Assembly assembly) =>
        assembly
            .GetExportedTypes()
            .Where(type => type.IsClass && !type.IsAbstract && typeof(IFrostingTask).IsAssignableFrom(type))
            .Select(type =>
                (
                    type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name,
                    type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? ""
                )
            );
}
