namespace ReleaseRecipes.Gates.Projects;

/// <summary>The kinds of projects in the order in which they are asked; the first that has a command for a gate gives it.</summary>
static class ProjectKinds
{
    public static IReadOnlyList<IProjectKind> InOrder { get; } = [new DotnetProject(), new NodeProject()];

    /// <summary>Why no command was found.</summary>
    public static string WhyNothing(string gate, ProjectFiles files) =>
        files.All.Count == 0
            ? "there are no files here"
            : $"nothing for {gate} was found for {string.Join(", ", InOrder.Select(kind => kind.Name))}";

    /// <summary>What a newcomer can write so that there is something to run.</summary>
    public static string WhatToWrite(string gate) =>
        $"Write the command into the strategy file: quality_gates: - name: {gate}, command: \"…\"; or take the gate out, or set required: false.";
}
