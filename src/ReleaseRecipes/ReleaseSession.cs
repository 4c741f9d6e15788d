using ReleaseRecipes.Approvals;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Components;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Flow;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Packaging;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Strategy.Reading;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes;

/// <summary>
/// One run of the recipe: what every step works with, and the facts that steps leave for those after them. A fact is written once; a step
/// that runs alone finds the earlier ones in the ledger.
/// </summary>
public sealed class ReleaseSession : IAsyncDisposable
{
    VersionDecision? version;
    ReleasePlan? plan;
    ReleasePackage? package;
    ReleaseTexts? notes;
    RulesInForce? rules;

    public required ReleaseOptions Options { get; init; }
    public required Terminal Terminal { get; init; }
    public required JsonReport Json { get; init; }
    public required GitRepository Git { get; init; }
    public required GitIdentity Identity { get; init; }
    public required ReleaseStrategy Strategy { get; init; }
    public required ReleaseParts Parts { get; init; }
    public required Secrets Secrets { get; init; }
    public required TimeProvider Clock { get; init; }
    public required ReleaseLedger Ledger { get; init; }

    /// <summary>The names that a strategy file of this build may choose from.</summary>
    public KnownNames KnownNames { get; init; } = KnownNames.BuiltIn;

    /// <summary>What the channels lack that cannot tell anybody.</summary>
    public IReadOnlyList<StrategyGap> SilentChannels { get; init; } = [];

    /// <summary>Whether somebody is there to answer a question.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Gives out the right to change an environment.</summary>
    public Leases Leases => field ??= new Leases(Ledger, Releaser);

    /// <summary>Who takes leases.</summary>
    public LeaseOwner Releaser
    {
        get => field ??= LeaseOwner.Here(Identity.ToString());
        init;
    }

    /// <summary>Where approvals are given and looked up.</summary>
    public ApprovalDesk Approvals =>
        field ??= new ApprovalDesk(Ledger, new Signatures(Git), async settings => await (await RulesAsync()).SignersAsync(settings));

    /// <summary>Who must approve what, as the base branch says; read once.</summary>
    /// <exception cref="ReleaseException">The base branch's strategy cannot be read.</exception>
    public async Task<RulesInForce> RulesAsync(CancellationToken cancel = default) =>
        rules ??= new RulesInForce(
            Git,
            await BaseBranch.FindAsync(Git, Strategy, KnownNames, refresh: Options is { Push: true, OnlyReads: false }, cancel)
        );

    /// <summary>Everything done outside this process goes through here.</summary>
    public Effects Effects => new(Ledger, Owner?.Lease);

    /// <summary>Records a fact of this release; nothing any more once the right to make it is lost.</summary>
    /// <exception cref="ReleaseException">Another releaser has that right now.</exception>
    public Task RecordAsync(NewEvent fact, CancellationToken cancel) => Effects.AppendAsync([fact], cancel);

    /// <summary>Records the last fact of this release and ends the right to make it, both or neither.</summary>
    /// <exception cref="ReleaseException">Another releaser has that right now.</exception>
    public Task EndAsync(NewEvent fact, CancellationToken cancel) =>
        (Owner ?? throw new InvalidOperationException("Nobody has the right to make this release.")).Lease.EndAsync(fact, cancel);

    /// <summary>How long to wait for what may come back by itself.</summary>
    public Backoff Backoff
    {
        get => field ??= new Backoff(Clock);
        init;
    }

    /// <summary>The right to make this release, from its first event to the end of the run; null while nothing was begun.</summary>
    public KeptLease? Owner { get; set; }

    /// <summary>The next version and why, or that there is nothing to release.</summary>
    public VersionDecision Version
    {
        get => version ?? throw NotYet("Version");
        set => version = version is null ? value : throw Twice("Version");
    }

    /// <summary>Whether <see cref="Version"/> was decided.</summary>
    public bool VersionIsKnown => version is not null;

    /// <summary>What this release will do.</summary>
    public ReleasePlan Plan
    {
        get => plan ?? throw NotYet("Version");
        set => plan = plan is null ? value : throw Twice("Version");
    }

    /// <summary>Whether <see cref="Plan"/> was made.</summary>
    public bool PlanIsKnown => plan is not null;

    /// <summary>The release notes.</summary>
    public ReleaseTexts Notes
    {
        get => notes ?? throw NotYet("Changelog");
        set => notes = notes is null ? value : throw Twice("Changelog");
    }

    /// <summary>Whether <see cref="Notes"/> were written.</summary>
    public bool NotesAreKnown => notes is not null;

    /// <summary>The evidence of every gate.</summary>
    public GateReport Gates
    {
        get => field ?? throw NotYet("Gates");
        set => field = field is null ? value : throw Twice("Gates");
    }

    /// <summary>What is deployed.</summary>
    public ReleasePackage Package
    {
        get => package ?? throw NotYet("Package");
        set => package = package is null ? value : throw Twice("Package");
    }

    /// <summary>Whether <see cref="Package"/> was made or found.</summary>
    public bool PackageIsKnown => package is not null;

    /// <summary>What gets a version and a tag of its own in this release.</summary>
    public IReadOnlyList<ReleasePart> Parted => ReleasePart.Of(Version, Strategy);

    /// <summary>The commit that carries the tag, full hash.</summary>
    public string TaggedCommit
    {
        get => field ?? throw NotYet("Tag");
        set => field = field is null ? value : throw Twice("Tag");
    }

    /// <summary>What the strategy file calls the application; the repository's folder where it does not.</summary>
    public string ApplicationName => Strategy.Application.Name ?? Path.GetFileName(Git.Root);

    /// <summary>The place that an environment is, for a holder of the given lease.</summary>
    public TargetPlace PlaceOf(EnvironmentSettings environment, long fence) =>
        new(environment, Strategy.Application, Git.Root, Git.GitDirectory, fence);

    /// <summary>The settings of an environment.</summary>
    /// <exception cref="ReleaseException">The strategy names no such environment.</exception>
    public EnvironmentSettings EnvironmentNamed(string name) =>
        Strategy.Environments.FirstOrDefault(environment => environment.Name == name)
        ?? throw new ReleaseException(
            $"There is no environment '{name}'.",
            Strategy.Path,
            Suggestion.For(name, Names) + (Names.Count > 0 ? $"Known: {string.Join(", ", Names)}." : "Add it under deployment_strategy."),
            ExitCodes.WrongInput
        );

    List<string> Names => [.. Strategy.Environments.Select(environment => environment.Name)];

    ReleaseException NotYet(string step) =>
        new($"The step {step} has not run for this release.", todo: $"Run {Options.CommandFor(step)} first, or leave out --exclusive.");

    static InvalidOperationException Twice(string step) => new($"The step {step} ran twice in one build.");

    /// <summary>Ends the right to make the release, so that the next releaser need not wait.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Owner is { } owner)
        {
            await owner.DisposeAsync();
        }

        Ledger.Dispose();
    }
}
