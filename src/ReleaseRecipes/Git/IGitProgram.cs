using System.Diagnostics;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Git;

/// <summary>What carries out git's commands: the program of that name; a repository in memory where crashes and races are simulated.</summary>
interface IGitProgram
{
    /// <summary>Runs a command to its end.</summary>
    Task<ProgramResult> RunAsync(ProgramCall call, CancellationToken cancel);

    /// <summary>Starts a command whose output is read as it comes.</summary>
    Process Start(ProgramCall call);

    /// <summary>Starts <c>cat-file --batch</c>, to be asked one question after the other.</summary>
    IObjectSource Objects(ProgramCall call);
}

/// <summary>Answers one question for an object after the other.</summary>
interface IObjectSource : IDisposable
{
    /// <summary>What a name stands for right now; null where nothing.</summary>
    Task<GitObject?> FindAsync(string name);

    /// <summary>What it complained of.</summary>
    Task<string> ProblemAsync();
}
