using System.Collections.Immutable;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>What releasers share: the remote with its ledger, the environments, the people who are told. Slow, forgetful, and checked at every change.</summary>
public sealed class ReleaseWorld
{
    public const string LedgerRef = "refs/heads/release-ledger";
    const int WorseInAnOutage = 15;

    /// <summary>When the last of what was sent has arrived.</summary>
    public static readonly TimeSpan Latest = TimeSpan.FromMinutes(10);

    static readonly ProgramResult Broken = new(128, "", "fatal: unable to access the remote: Connection reset by peer");

    readonly Dictionary<(string Version, string Place), bool> bad = [];

    public ReleaseWorld(Scheduler scheduler)
    {
        Scheduler = scheduler;
        Remote = new SimulatedRepository(History);
        RemoteIsAtomic = scheduler.Chance(80);
        string[] names = scheduler.Chance(40) ? ["staging", "production"] : ["production"];
        Places = names.ToDictionary(name => name, name => new SimulatedPlace(this, name));
        Strategy = new ReleaseStrategy
        {
            Changelog = new ChangelogSettings { File = scheduler.Chance(70) ? "CHANGELOG.md" : null, Contributors = false },
            Environments = [.. names.Select(Environment)],
        };

        Commit("feat: the first");
    }

    public Scheduler Scheduler { get; }

    public GitHistory History { get; } = new();

    public SimulatedRepository Remote { get; }

    public bool RemoteIsAtomic { get; }

    /// <summary>Whether hardly anything works just now.</summary>
    public bool Outage { get; set; }

    /// <summary>Whether any environment ever gave a reason not to do what it was asked.</summary>
    public bool PlacesFailed { get; set; }

    /// <summary>Whether anything may still go wrong; at the end everything must come to its end.</summary>
    public bool Stormy { get; set; } = true;

    public IReadOnlyDictionary<string, SimulatedPlace> Places { get; }

    public ReleaseStrategy Strategy { get; }

    /// <summary>How often each channel was told each news.</summary>
    public Dictionary<string, int> Told { get; } = [];

    /// <summary>What happened that must never happen, where nothing could be thrown.</summary>
    public string? Wrong { get; set; }

    /// <summary>What the ledger at the remote adds up to.</summary>
    public LedgerState State =>
        Remote.CommitOf(LedgerRef) is { } tip ? StoredHead.Parse(tip, Text(tip, LedgerTree.Head)).Head.State : LedgerState.Empty;

    public string Text(string commit, string path) => System.Text.Encoding.UTF8.GetString(History.Commit(commit).Files[path]);

    EnvironmentSettings Environment(string name) =>
        new(name)
        {
            Type = new[] { "canary", "blue_green", "rolling" }[Scheduler.Dice.Next(3)],
            Provider = "shared",
            CanaryPercentage = [10, 100],
            Interval = TimeSpan.FromSeconds(30),
            Measurements = 1,
            RollbackThreshold = "error_rate > 1%",
            Approvals = new ApprovalSettings { Required = name == "production" && Scheduler.Chance(30) },
        };

    /// <summary>A developer pushes to the main branch.</summary>
    public void Commit(string message)
    {
        var tip = Remote.CommitOf("HEAD");
        var files = tip is null ? ImmutableSortedDictionary.Create<string, byte[]>(StringComparer.Ordinal) : History.Commit(tip).Files;
        Remote.Set("refs/heads/main", History.Add(files, tip is null ? [] : [tip], message).Hash);
    }

    /// <summary>Whether a version misbehaves in an environment; the same for everybody who watches.</summary>
    public bool IsBad(string version, string place)
    {
        if (!bad.TryGetValue((version, place), out var misbehaves))
        {
            bad[(version, place)] = misbehaves = Stormy && Scheduler.Chance(15);
        }

        return misbehaves;
    }

    public bool NeedsApproval(string place) =>
        Strategy.Environments.Any(environment => environment.Name == place && environment.Approvals.Required);

    /// <summary>Whether a version was measured in an environment, and did not misbehave.</summary>
    public bool IsKnownGood(string version, string place) => bad.TryGetValue((version, place), out var misbehaves) && !misbehaves;

    public bool Fails(int percent) => Stormy && Scheduler.Chance(Outage ? WorseInAnOutage * percent : percent);

    /// <summary>Sends a git command that some later step carries out; it may get lost, and so may its answer, or it may come too late.</summary>
    public Task<ProgramResult> AskRemoteAsync(SimulatedProcess process, Func<ProgramResult> carryOut) =>
        RequestAsync(process, carryOut, () => Broken, percent: 2);

    /// <summary>Sends a request; where nothing is heard in time the answer is made up of that.</summary>
    public async Task<T> RequestAsync<T>(SimulatedProcess process, Func<T> carryOut, Func<T> unheard, int percent)
    {
        await Scheduler.TurnAsync(process);
        var answer = new TaskCompletionSource<Func<T>>();
        var lost = Fails(percent);
        // Who asked gives up, and it may still happen: soon, or when others are at work.
        var givesUp = lost || Fails(percent);
        if (givesUp)
        {
            Scheduler.Later(() => answer.TrySetResult(unheard));
        }

        void Arrive() => Deliver(carryOut, unheard, percent, answer);
        if (givesUp && Scheduler.Chance(50))
        {
            Scheduler.At(Scheduler.Now + (Latest * Scheduler.Dice.NextDouble()), lost ? () => { } : Arrive);
        }
        else
        {
            Scheduler.Later(lost ? () => { } : Arrive);
        }

        var heard = await answer.Task;
        await Scheduler.TurnAsync(process);
        return heard();
    }

    void Deliver<T>(Func<T> carryOut, Func<T> unheard, int percent, TaskCompletionSource<Func<T>> answer)
    {
        Func<T> result;
        try
        {
            var value = carryOut();
            result = () => value;
        }
        catch (ReleaseException refused)
        {
            result = () => throw refused;
        }

        var heard = Fails(percent) ? unheard : result;
        Scheduler.Later(() => answer.TrySetResult(heard));
    }

    public static void Must(bool holds, string invariant)
    {
        if (!holds)
        {
            throw new BrokenInvariantException(invariant);
        }
    }
}

/// <summary>Something happened that must never happen.</summary>
public sealed class BrokenInvariantException(string invariant) : Exception($"Broken: {invariant}.");
