using System.Text.Json.Nodes;

namespace ReleaseRecipes.Ledger;

/// <summary>Gives out the right to change an environment, or to make releases: one owner at a time.</summary>
/// <param name="ledger">Where leases are kept.</param>
/// <param name="owner">Who takes them.</param>
/// <param name="duration">How long one lasts unless it is renewed; 5 minutes where null.</param>
public sealed class Leases(ReleaseLedger ledger, LeaseOwner owner, TimeSpan? duration = null)
{
    /// <summary>The name under which the making of releases itself (version, commit, tag) is leased.</summary>
    public const string Releasing = "*";

    readonly TimeSpan duration = duration ?? TimeSpan.FromMinutes(5);

    /// <summary>Takes an environment, or <see cref="Releasing"/>, for one release. What a process of this machine that died held is free at once.</summary>
    /// <param name="environment">Its name.</param>
    /// <param name="release">The version on whose behalf.</param>
    /// <param name="takeOver">Whether to take it from an owner that lives; that one stops before its next effect.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ReleaseException">Somebody else holds it; says who, since when, and how to go on.</exception>
    public async Task<Lease> TakeAsync(string environment, string release, bool takeOver = false, CancellationToken cancel = default)
    {
        var fence = 0L;
        await ledger.AppendAsync(
            head =>
            {
                var now = ledger.Clock.GetUtcNow();
                if (Held(head.State, environment) is { } held && !takeOver && !IsFree(held, now))
                {
                    throw Busy(environment, held);
                }

                fence = head.State.Fence + 1;
                return [Taken(release, environment, owner, fence, now + duration)];
            },
            cancel
        );
        return new Lease(ledger, environment, release, owner, duration, fence);
    }

    /// <summary>Takes it as soon as its owner ends it or it expires, if that is soon enough.</summary>
    /// <param name="environment">Its name.</param>
    /// <param name="release">The version on whose behalf.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="waiting">Told who is waited for.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ReleaseException">It was not free in time.</exception>
    public async Task<Lease> WaitAsync(
        string environment,
        string release,
        TimeSpan patience,
        IProgress<LeaseRecord>? waiting = null,
        CancellationToken cancel = default
    )
    {
        var until = ledger.Clock.GetUtcNow() + patience;
        while (true)
        {
            var held = Held((await ledger.HeadAsync(cancel)).State, environment);
            var now = ledger.Clock.GetUtcNow();
            if (held is null || IsFree(held, now) || now >= until)
            {
                return await TakeAsync(environment, release, cancel: cancel);
            }

            waiting?.Report(held);
            await Task.Delay(TimeSpan.FromSeconds(1), ledger.Clock, cancel);
            await ledger.FetchAsync(cancel);
        }
    }

    /// <summary>Who holds an environment, or <see cref="Releasing"/>, expired or not; null where nobody does.</summary>
    public static LeaseRecord? Held(LedgerState state, string environment) =>
        environment == Releasing ? state.Lease : state.Environments.GetValueOrDefault(environment)?.Lease;

    internal static string Describe(string environment) => environment == Releasing ? "releases" : $"the environment '{environment}'";

    internal static NewEvent Taken(string release, string environment, LeaseOwner owner, long fence, DateTimeOffset expires) =>
        new(
            release,
            EventKinds.LeaseTaken,
            new JsonObject
            {
                ["environment"] = environment,
                ["owner"] = owner.Text,
                ["fence"] = fence,
                ["expires"] = EventHash.Time(expires),
            }
        );

    bool IsFree(LeaseRecord held, DateTimeOffset now) => held.Expires <= now || held.Owner == owner.Text || owner.IsGone(held.Owner);

    static ReleaseException Busy(string environment, LeaseRecord held) =>
        new(
            $"Another releaser is changing {Describe(environment)}.",
            $"{held.Owner}, since {EventHash.Time(held.Since)}, until {EventHash.Time(held.Expires)} unless it goes on.",
            "Run the same command again when it is done. If that releaser is gone, its right ends by itself at that time; "
                + "to end it now: ./build.sh --target=Abort"
        );
}
