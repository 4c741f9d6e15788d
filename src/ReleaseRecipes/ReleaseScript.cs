using System.Reflection;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.Scripting;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using ReleaseRecipes.Steps;

namespace ReleaseRecipes;

/// <summary>
/// The recipe in a Cake script: the recipe's tasks beside the script's own, which take their place among them by name. <c>ReleaseRecipes.cake</c>
/// in the package makes one, so that a script says only <c>#load "nuget:?package=ReleaseRecipes"</c> and <c>RunRelease();</c>.
/// </summary>
public sealed class ReleaseScript
{
    readonly ScriptHost host;
    readonly ReleaseRun run;
    readonly Lazy<ReleaseStart> start;

    /// <summary>Registers the recipe's tasks with the engine that the script runs on.</summary>
    public ReleaseScript(ScriptHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        this.host = host;
        run = new ReleaseRun([.. Environment.GetCommandLineArgs().Skip(1)], "dotnet cake");
        start = new(() => new ReleaseStart(run, Services.BuildServiceProvider()));
        foreach (var step in Targets.TypesOfTheRecipe())
        {
            Register(step);
        }
    }

    /// <summary>What the script adds to the recipe: gates, notifiers, deployment strategies, targets.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>Runs the target of the command line, <c>Plan</c> where it names none. A run that does not end well ends the script, with the recipe's exit code.</summary>
    public void Run()
    {
        var code = RunAsync().GetAwaiter().GetResult();
        if (code != ExitCodes.Done)
        {
            Environment.Exit(code);
        }
    }

    async Task<int> RunAsync()
    {
        try
        {
            run.CheckCommandLine([.. host.Tasks.Select(task => task.Name)]);
            if (run.CommandLine.Flag("tree") || run.CommandLine.Flag("description"))
            {
                await host.RunTargetAsync(run.Target);
                return ExitCodes.Done;
            }

            host.Settings.SetTarget(run.Target);
            return await run.EndAsync(await ReachTargetAsync());
        }
        catch (ReleaseException problem)
        {
            return run.End(problem);
        }
    }

    async Task<int> ReachTargetAsync()
    {
        try
        {
            await Engine().RunTargetAsync(host.Context, new DefaultExecutionStrategy(host.Context.Log, new StepPrinter()), host.Settings);
            return ExitCodes.Done;
        }
        catch (Exception problem) when (problem is CakeException or CakeReportException)
        {
            new ReleaseLog(run).Write(Verbosity.Quiet, LogLevel.Error, "Error: {0}", problem.Message);
            return ExitCodes.Failed;
        }
    }

    // The host runs targets with Cake's banners and its table of durations; the same engine without them is what the recipe looks like.
    ICakeEngine Engine() =>
        (ICakeEngine)typeof(ScriptHost).GetProperty("Engine", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(host)!;

    void Register(Type step)
    {
        var task = host.Task(Targets.NameOf(step)).Description(Targets.DescriptionOf(step));
        foreach (var before in step.GetCustomAttributes<IsDependentOnAttribute>())
        {
            task.IsDependentOn(Targets.NameOf(before.Task));
        }

        task.Does(context => ((ReleaseStep)Activator.CreateInstance(step, start.Value)!).RunAsync(context));
    }
}
