using ReleaseRecipes.Changelog;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Flow;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>One run of the real release (or its abort) on a machine of the simulated world: all steps, the ledger in git, leases, effects, the deployer.</summary>
sealed class Releaser(ReleaseWorld world, Machine machine, SimulatedProcess process)
{
    public async Task RunAsync()
    {
        await using var release = Session();
        try
        {
            await release.Ledger.FetchAsync();
            await (
                process.Target switch
                {
                    "Abort" => new AbortRelease(release).RunAsync(default),
                    "Approve" => new GiveApproval(release).RunAsync(default),
                    _ => StepsAsync(release),
                }
            );
            machine.Told = null;
        }
        catch (ReleaseException problem)
        {
            process.MustLive();
            machine.Told = problem.Message;
            throw;
        }
    }

    async Task StepsAsync(ReleaseSession release)
    {
        var environments = release.Strategy.Environments;
        var decided = Decide(release);
        release.Version = await new UnfinishedRelease(release).FindAsync(decided, default) ?? decided;
        await new WriteNotes(release).RunAsync(default);
        await new RunGates(release).RunAsync(default);
        await new MakePackage(release).RunAsync(default);
        await new TagRelease(release).RunAsync(default);
        await new DeployEnvironments(release).RunAsync(EnvironmentOrder.UpToStaging(environments), default);
        await new DeployEnvironments(release).RunAsync(EnvironmentOrder.UpToProduction(environments), default);
        await new FinishRelease(release).RunAsync(default);
    }

    /// <summary>The version, by the real rules from the simulated history: reading a history changes nothing and needs no simulation.</summary>
    VersionDecision Decide(ReleaseSession release)
    {
        var repository = machine.Repository;
        var head = repository.CommitOf("HEAD")!;
        var tags = VersionTag.In(
            repository
                .Refs.Where(entry => entry.Key.StartsWith("refs/tags/", StringComparison.Ordinal))
                .Select(entry => new GitTag(entry.Key["refs/tags/".Length..], repository.History.Peeled(entry.Value))),
            "v",
            VersionSchemes.Of(release.Strategy.Versioning)
        );
        var reached = tags.Where(tag => repository.History.Contains(head, tag.Commit)).ToList();
        var previous = reached.Where(tag => tag.Commit != head).MaxBy(tag => tag.Version);
        var commits = repository
            .History.Log(head)
            .Where(commit => previous is null || !repository.History.Contains(previous.Commit, commit.Hash))
            .Select(commit => new GitCommit(
                commit.Hash,
                commit.Parents,
                "Ada",
                "ada@example.com",
                release.Clock.GetUtcNow(),
                commit.Message
            ));
        var history = new History
        {
            Head = head,
            Branch = "main",
            Tags = tags,
            Previous = previous,
            Reached = reached,
            Commits = [.. commits],
        };
        return NextVersion.After(history, release.Strategy, new VersionRequest());
    }

    ReleaseSession Session()
    {
        var clock = new SimulatedClock(world.Scheduler, process);
        var backoff = new Backoff(clock, world.Scheduler.Dice);
        var git = new GitRepository(
            machine.Root,
            machine.GitDirectory,
            Path.Combine(machine.GitDirectory, "HEAD"),
            new SimulatedGit(world, machine, process)
        );
        var strategy = world.Strategy;
        var store = new GitLedgerStore(git, strategy.Ledger, "origin", clock, backoff);
        return new ReleaseSession
        {
            Options = new ReleaseOptions
            {
                Push = true,
                Target = process.Target,
                Environment = "production",
            },
            Terminal = new Terminal(TextWriter.Null, Secrets.None),
            Json = new JsonReport(null, TextWriter.Null, Secrets.None),
            Git = git,
            Identity = new GitIdentity(process.Name, "ada@example.com", Configured: true),
            Strategy = strategy,
            Parts = new ReleaseParts(
                DeploymentStrategies.Known,
                [new SharedTargetKind(world, process)],
                [new WorldMetricsKind(world)],
                [],
                [new WorldNotifier(world, process)],
                NotesStyles.All
            ),
            Secrets = Secrets.None,
            Clock = clock,
            Backoff = backoff,
            Releaser = new LeaseOwner(process.Name, process.IsGone),
            Ledger = new ReleaseLedger(store, clock, process.Name, Secrets.None, backoff),
        };
    }
}
