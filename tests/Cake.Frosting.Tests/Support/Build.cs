using System.Text;
using Cake.Core;
using Cake.Core.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Tests.Support;

/// <summary>A build made of the given tasks, what it did in which order, and what it said.</summary>
sealed class Build
{
    readonly CakeHost host = new();
    readonly StringBuilder said = new();

    public Build(params Type[] tasks) =>
        host.ConfigureServices(services =>
        {
            services.AddSingleton(Did);
            services.AddSingleton<ICakeLog>(new ListeningLog(said));
            services.AddSingleton<IConsole>(new ListeningConsole(said));
            foreach (var task in tasks)
            {
                services.AddSingleton(typeof(IFrostingTask), task);
            }
        });

    public Steps Did { get; } = new();

    public string Said => said.ToString();

    public Build With(Func<CakeHost, CakeHost> more)
    {
        more(host);
        return this;
    }

    public int Run(params string[] args) => host.Run(args);
}
