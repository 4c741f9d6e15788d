using System.Diagnostics;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Git;

/// <summary>The <c>git</c> program on PATH.</summary>
sealed class GitProgram : IGitProgram
{
    public Task<ProgramResult> RunAsync(ProgramCall call, CancellationToken cancel) => ProgramRunner.RunAsync(call, cancel);

    public Process Start(ProgramCall call) => ProgramRunner.Start(call);

    public IObjectSource Objects(ProgramCall call) => new ObjectProcess(ProgramRunner.Start(call));
}
