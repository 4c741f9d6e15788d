using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>The kinds of projects in the order in which they are asked; the first that has a command for a gate gives it.</summary>
static class ProjectKinds
{
    public static IReadOnlyList<IProjectKind> InOrder { get; } =
    [
        new DotnetProject(),
        new NodeProject(),
        new PythonProject(),
        new GoProject(),
        new MavenProject(),
        new GradleProject(),
        new CargoProject(),
        new LoadTests(),
        new MakeProject(),
    ];

    /// <summary>Why no command was found.</summary>
    public static string WhyNothing(string gate, ProjectFiles files) =>
        files.All.Count == 0
            ? "there are no files here"
            : $"nothing for {gate} was found for {string.Join(", ", InOrder.Select(kind => kind.Name))}";

    /// <summary>What a newcomer can do so that there is something to run.</summary>
    public static string WhatToDo(GateSettings gate, ProjectFiles files) =>
        string.Join(
            " ",
            InOrder
                .Select(kind => kind.WhatToInstall(gate, files))
                .OfType<string>()
                .Select(what => what + ".")
                .Append(
                    $"Write the command into the strategy file: quality_gates: - name: {gate.Name}, command: \"…\"; or take the gate out, or set required: false."
                )
        );
}
