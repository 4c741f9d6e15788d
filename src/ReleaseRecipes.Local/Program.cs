using ReleaseRecipes;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Local;
using ReleaseRecipes.Local.Processes;

// watch FOLDER [PORT|kept] [LISTENING-HANDLE]   keeps the gateway of one environment running
// gateway FOLDER [LISTENING-HANDLE]             serves it
try
{
    return args switch
    {
        ["watch", var folder, .. var more] => await Watchdog.RunAsync(
            new EnvironmentFolder(folder),
            Port(more),
            Handle(more.ElementAtOrDefault(1))
        ),
        ["gateway", var folder, .. var more] => await Gateway.RunAsync(new EnvironmentFolder(folder), Handle(more.ElementAtOrDefault(0))),
        _ => Usage(),
    };
}
catch (ReleaseException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return problem.ExitCode;
}

static int? Port(string[] more) => more is [var text, ..] && int.TryParse(text, out var port) ? port : null;

static ListeningHandle? Handle(string? text) => int.TryParse(text, out var handle) ? ListeningHandle.Inherited(handle) : null;

static int Usage()
{
    Console.Error.WriteLine("This program is started by the recipe's local target: watch FOLDER [PORT] | gateway FOLDER");
    return ExitCodes.WrongInput;
}
