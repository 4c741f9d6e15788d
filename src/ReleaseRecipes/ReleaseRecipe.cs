using System.Reflection;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;

namespace ReleaseRecipes;

/// <summary>The recipe: <c>return ReleaseRecipe.Run(args);</c> is a whole build script.</summary>
public static class ReleaseRecipe
{
    /// <summary>Runs the target that the arguments name, <c>Plan</c> where they name none.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(IEnumerable<string> args) => Run(args, _ => { });

    /// <summary>Runs the recipe in a host that the build adds to: own tasks, gates, strategies, targets, notifiers.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Adds to the host.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(IEnumerable<string> args, Action<CakeHost> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var run = new ReleaseRun([.. args]);
        try
        {
            run.CheckCommandLine();
            if (run.CommandLine.Flag("help"))
            {
                HelpPage.Print(Console.Out);
                return ExitCodes.Done;
            }

            var host = new CakeHost().UseReleaseRecipe(run);
            configure(host);
            return run.EndAsync(host.Run(run.CakeArguments())).GetAwaiter().GetResult();
        }
        catch (ReleaseException problem)
        {
            return run.End(problem);
        }
    }

    /// <summary>
    /// Adds the recipe's tasks to a host that has its own tasks, context and lifetimes. A host knows only success and failure: where the build
    /// returns what its <c>Run</c> returned, the process exits with one of <see cref="ExitCodes"/> all the same.
    /// </summary>
    public static CakeHost UseReleaseRecipe(this CakeHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var run = new ReleaseRun([.. Environment.GetCommandLineArgs().Skip(1)]);
        return host.UseReleaseRecipe(
            run,
            services => services.GetRequiredService<ICakeEngine>().AfterTeardown += (_, _) => run.EndInHost()
        );
    }

    static CakeHost UseReleaseRecipe(this CakeHost host, ReleaseRun run, Action<IServiceProvider>? started = null) =>
        host.AddAssembly(Assembly.GetExecutingAssembly())
            .ConfigureServices(services =>
                services
                    .AddSingleton(run)
                    .AddSingleton(built =>
                    {
                        TaskContexts.Check(services, built.GetRequiredService<IFrostingContext>());
                        started?.Invoke(built);
                        return new ReleaseStart(run, built);
                    })
                    .AddSingleton<ICakeLog>(_ => new ReleaseLog(run))
                    .AddSingleton<ICakeReportPrinter, StepPrinter>()
            );
}
