using Cake.Cli;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Core.Scripting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>One run of the host, from the command line to the exit code.</summary>
sealed class HostRun(CommandLine line, ServiceCollection services)
{
    public int Run()
    {
        services.AddSingleton(line);
        services.AddSingleton<ICakeArguments>(Arguments(line));
        services.AddSingleton<IRemainingArguments, RemainingArguments>();
        using var provider = services.BuildServiceProvider();
        try
        {
            Run(provider);
            return 0;
        }
#pragma warning disable CA1031 // Whatever a task throws becomes one line and an exit code.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return provider.GetRequiredService<ICakeLog>().LogException(failure);
        }
    }

    void Run(ServiceProvider provider)
    {
        if (line.Help)
        {
            provider.GetRequiredService<IConsole>().WriteLine("{0}", Usage.Text);
        }
        else if (line.Version)
        {
            provider.GetRequiredService<VersionFeature>().Run(provider.GetRequiredService<IConsole>());
        }
        else if (line.Info)
        {
            provider.GetRequiredService<InfoFeature>().Run(provider.GetRequiredService<IConsole>());
        }
        else
        {
            provider.GetRequiredService<ICakeLog>().Verbosity = line.Verbosity;
            EnterWorkingDirectory(provider);
            RunTargets(provider);
        }
    }

    void EnterWorkingDirectory(ServiceProvider provider)
    {
        var environment = provider.GetRequiredService<ICakeEnvironment>();
        var wanted = line.WorkingDirectory ?? provider.GetService<WorkingDirectory>()?.Path;
        var directory = wanted?.MakeAbsolute(environment) ?? environment.WorkingDirectory;
        if (!provider.GetRequiredService<IFileSystem>().GetDirectory(directory).Exists)
        {
            throw new FrostingException($"The working directory '{directory.FullPath}' does not exist.");
        }

        environment.WorkingDirectory = directory;
    }

    void RunTargets(ServiceProvider provider)
    {
        ScriptHost host = line switch
        {
            { DryRun: true } => provider.GetRequiredService<DryRunScriptHost<IFrostingContext>>(),
            { Tree: true } => provider.GetRequiredService<TreeScriptHost>(),
            { Description: true } => provider.GetRequiredService<DescriptionScriptHost>(),
            _ => provider.GetRequiredService<BuildScriptHost<IFrostingContext>>(),
        };
        Register(provider);
        foreach (var tool in provider.GetServices<PackageReference>())
        {
            provider.GetRequiredService<IToolInstaller>().Install(tool);
        }

        if (line.Exclusive)
        {
            host.Settings.UseExclusiveTarget();
        }

        host.RunTargetsAsync(line.Targets).GetAwaiter().GetResult();
    }

    static void Register(ServiceProvider provider)
    {
        var engine = provider.GetRequiredService<ICakeEngine>();
        var context = provider.GetRequiredService<IFrostingContext>();
        var tasks = provider.GetServices<IFrostingTask>().Select(task => new RegisteredTask(task)).ToList();
        new TaskCheck(tasks, context).Check();
        tasks.ForEach(task => task.RegisterWith(engine, context));
        if (Fitting<IFrostingSetup>(provider, context) is { } setup)
        {
            engine.RegisterSetupAction(info => setup.Setup(context, info));
        }

        if (Fitting<IFrostingTeardown>(provider, context) is { } teardown)
        {
            engine.RegisterTeardownAction(info => teardown.Teardown(context, info));
        }

        if (Fitting<IFrostingTaskSetup>(provider, context) is { } taskSetup)
        {
            engine.RegisterTaskSetupAction(info => taskSetup.Setup(context, info));
        }

        if (Fitting<IFrostingTaskTeardown>(provider, context) is { } taskTeardown)
        {
            engine.RegisterTaskTeardownAction(info => taskTeardown.Teardown(context, info));
        }
    }

    static T? Fitting<T>(ServiceProvider provider, IFrostingContext context)
        where T : class
    {
        var part = provider.GetService<T>();
        TaskCheck.Check(part, context);
        return part;
    }

    static CakeArguments Arguments(CommandLine line) =>
        new(
            line.Arguments.Concat(line.Targets.Select(target => KeyValuePair.Create("target", (string?)target)))
                .ToLookup(argument => argument.Key, argument => argument.Value, StringComparer.OrdinalIgnoreCase)!
        );
}
