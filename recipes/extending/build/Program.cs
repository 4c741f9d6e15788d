using Microsoft.Extensions.DependencyInjection;
using ReleaseRecipes;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Notifications;

// A part is a class with a name; the strategy file says that name where it wants the part.
return ReleaseRecipe.Run(
    args,
    host =>
        host.ConfigureServices(services =>
            services
                .AddSingleton<IGate, NoLeftoversGate>()
                .AddSingleton<INotifier, NotebookNotifier>()
                .AddSingleton<IMetricSourceKind, TillMetrics>()
                .AddSingleton<ITargetKind, ShelfTargetKind>()
                .AddSingleton<IDeploymentStrategy, TastingStrategy>()
                .AddSingleton<IDeploymentStrategy, BraveCanaryStrategy>()
                .AddSingleton<INotesStyle, MenuStyle>()
        )
);
