using System.Reflection;
using Cake.Cli;
using Cake.Common.Modules;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.Modules;
using Cake.DotNetTool.Module;
using Cake.Frosting.Internal;
using Cake.NuGet;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Runs the public tasks of the entry assembly, and of every assembly added, with Cake's engine.</summary>
public sealed class CakeHost
{
    readonly ServiceCollection services = DefaultServices();
    readonly List<Assembly> assemblies = [];

    public CakeHost()
    {
        if (Assembly.GetEntryAssembly() is { } entry)
        {
            assemblies.Add(entry);
        }
    }

    public static CakeHost Create() => new();

    /// <summary>Adds the public tasks of <paramref name="assembly"/>. An assembly may be added once only.</summary>
    public CakeHost AddAssembly(Assembly assembly)
    {
        assemblies.Add(assembly);
        return this;
    }

    /// <summary>Registers or replaces services: of several registrations the last one counts.</summary>
    public CakeHost ConfigureServices(Action<IServiceCollection> services)
    {
        services(this.services);
        return this;
    }

    /// <summary>Runs what the command line asks for.</summary>
    /// <returns>0 on success, otherwise the exit code of the <see cref="CakeException"/> (1 for all other failures); -1 for a wrong command line.</returns>
    public int Run(IEnumerable<string> args)
    {
        CommandLine line;
        try
        {
            line = CommandLineReader.Read([.. args]);
        }
        catch (CakeException wrong)
        {
            Console.Error.WriteLine($"Error: {wrong.Message}");
            return -1;
        }

        foreach (var task in assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(IsTask))
        {
            services.AddSingleton(typeof(IFrostingTask), task);
        }

        return new HostRun(line, services).Run();
    }

    static bool IsTask(Type type) => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask));

    static ServiceCollection DefaultServices()
    {
        var services = new ServiceCollection();
        services.AddCakeDiagnostics();
        services.AddSingleton<ICakeReportPrinter, CakeReportPrinter>();
        services.AddSingleton<ICakeConfiguration, FrostingConfiguration>();
        services.AddSingleton<BuildScriptHost<IFrostingContext>>();
        services.AddSingleton<DryRunScriptHost<IFrostingContext>>();
        services.AddSingleton<TreeScriptHost>();
        services.AddSingleton<DescriptionScriptHost>();
        services.AddSingleton<IVersionResolver, VersionResolver>();
        services.AddSingleton<VersionFeature>();
        services.AddSingleton<InfoFeature>();
        services.AddSingleton<IToolInstaller, ToolInstaller>();
        services.UseModule<CoreModule>();
        services.AddSingleton<Core.Tooling.IToolInstaller, LateToolInstaller>();
        services.UseModule<CommonModule>();
        services.UseModule<NuGetModule>();
        services.UseModule<DotNetToolModule>();
        services.AddSingleton<FrostingContext>();
        services.AddSingleton<IFrostingContext>(provider => provider.GetRequiredService<FrostingContext>());
        return services;
    }
}
