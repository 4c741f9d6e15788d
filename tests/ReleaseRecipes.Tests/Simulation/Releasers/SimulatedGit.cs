using System.Diagnostics;
using ReleaseRecipes.Git;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>
/// The git program of one simulated process on one machine: the commands that a release is made of, with the answers of the real one.
/// Whatever changes something waits for its turn before and after, and may be the last that its process does.
/// </summary>
sealed class SimulatedGit(ReleaseWorld world, Machine machine, SimulatedProcess process) : IGitProgram
{
    public async Task<ProgramResult> RunAsync(ProgramCall call, CancellationToken cancel)
    {
        var arguments = call.Arguments.ToList();
        while (arguments[0] == "-c")
        {
            arguments.RemoveRange(0, 2);
        }

        var command = new GitCommand(machine, [.. arguments], call.Input);
        if (command.AsksRemote)
        {
            var answer = await world.AskRemoteAsync(process, () => command.AtRemote(world, process));
            process.SawRemote = command.LooksForTags ? answer.Succeeded : process.SawRemote;
            return answer;
        }

        if (!command.Changes)
        {
            process.MustLive();
            return command.Here();
        }

        await world.Scheduler.TurnAsync(process);
        var result = command.Here();
        await world.Scheduler.TurnAsync(process);
        return result;
    }

    public Process Start(ProgramCall call) => throw new NotSupportedException(call.ToString());

    public IObjectSource Objects(ProgramCall call) => new SimulatedObjects(machine.Repository);
}

/// <summary>What <c>git cat-file --batch</c> answers.</summary>
sealed class SimulatedObjects(SimulatedRepository repository) : IObjectSource
{
    public Task<GitObject?> FindAsync(string name)
    {
        var parts = name.Split(':', 2);
        var commit = repository.CommitOf(parts[0]);
        return Task.FromResult(
            commit is null ? null
            : parts.Length == 1 ? new GitObject(commit, "commit", [])
            : repository.History.Commit(commit).Files.GetValueOrDefault(parts[1]) is { } content ? new GitObject("", "blob", content)
            : null
        );
    }

    public Task<string> ProblemAsync() => Task.FromResult("");

    public void Dispose() { }
}
