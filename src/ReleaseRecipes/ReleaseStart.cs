using Microsoft.Extensions.DependencyInjection;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Deployment.Local;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Notifications;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes;

/// <summary>Opens the session that all steps of a run share, at the first of them: a build's own tasks that need none pay nothing.</summary>
/// <param name="run">The command line and the output.</param>
/// <param name="services">What the build registered beside our parts.</param>
public sealed class ReleaseStart(ReleaseRun run, IServiceProvider services) : IDisposable
{
    readonly CancellationTokenSource stop = new();
    Task<ReleaseSession>? session;

    /// <summary>The run that this is the start of.</summary>
    public ReleaseRun Run => run;

    /// <summary>Fires at Ctrl-C: what is under way ends its processes and leaves a ledger that the next run goes on from.</summary>
    public CancellationToken Cancel => stop.Token;

    /// <summary>The session of this run.</summary>
    /// <exception cref="ReleaseException">There is no repository, or the strategy file is wrong.</exception>
    public Task<ReleaseSession> SessionAsync() => session ??= OpenAsync();

    public void Dispose() => stop.Dispose();

    async Task<ReleaseSession> OpenAsync()
    {
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        var options = run.Options;
        var git = await GitRepository.OpenAsync(options.Folder, Cancel);
        var parts = Parts();
        var strategy = await StrategyFile.ReadAsync(options.Strategy, git.Root, parts.Names, Cancel);
        var secrets = Secrets.FromEnvironment(strategy.Secrets, ConfigSecrets.In(git.GitDirectory));
        run.Hide(secrets);
        var identity = options is { OnlyReads: true, Target: not "Doctor" } ? GitIdentity.OfReader : await GitIdentity.ReadAsync(git);
        git = git.As(identity);
        var clock = TimeProvider.System;
        var channels = Channels.Of(strategy.Notifications, Environment.GetEnvironmentVariable, clock, parts.Notifiers);
        var remote = options is { Push: true, OnlyReads: false } ? await Remotes.DefaultAsync(git) : null;
        var ledger = new ReleaseLedger(new GitLedgerStore(git, strategy.Ledger, remote), clock, identity.ToString(), secrets);
        await ledger.FetchAsync(Cancel);
        var opened = new ReleaseSession
        {
            Options = options,
            Terminal = run.Terminal,
            Json = run.Json,
            Git = git,
            Identity = identity,
            Strategy = strategy,
            KnownNames = parts.Names,
            Parts = parts with { Notifiers = channels.Ready },
            SilentChannels = channels.Missing,
            Secrets = secrets,
            Clock = clock,
            CanAsk = run.CanAsk,
            Ledger = ledger,
        };
        run.Closing = opened;
        return opened;
    }

    ReleaseParts Parts() =>
        new(
            [.. DeploymentStrategies.Known, .. services.GetServices<IDeploymentStrategy>()],
            [
                new LocalTargetKind(),
                new CommandTargetKind(),
                new NugetTargetKind(),
                new KubernetesTargetKind(),
                .. services.GetServices<ITargetKind>(),
            ],
            [
                new LocalMetricSourceKind(),
                new NoMetricsKind(),
                new ProbeSourceKind(),
                new CommandSourceKind(),
                new PrometheusSourceKind(),
                .. services.GetServices<IMetricSourceKind>(),
            ],
            [.. services.GetServices<IGate>()],
            [.. services.GetServices<INotifier>()],
            [.. NotesStyles.All, .. services.GetServices<INotesStyle>()]
        );
}
