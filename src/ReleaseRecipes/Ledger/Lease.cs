using System.Text.Json.Nodes;

namespace ReleaseRecipes.Ledger;

/// <summary>The right to change one environment, held until it is disposed. Effects that are done under it renew it and stop where it was lost.</summary>
public sealed class Lease : IAsyncDisposable
{
    readonly ReleaseLedger ledger;
    readonly string release;
    readonly LeaseOwner owner;
    readonly TimeSpan duration;

    NewEvent Released => new(release, EventKinds.LeaseReleased, new JsonObject { ["environment"] = Environment, ["fence"] = Fence });

    internal Lease(ReleaseLedger ledger, string environment, string release, LeaseOwner owner, TimeSpan duration, long fence)
    {
        this.ledger = ledger;
        this.release = release;
        this.owner = owner;
        this.duration = duration;
        Environment = environment;
        Fence = fence;
    }

    /// <summary>What it is for: an environment, or <see cref="Leases.Releasing"/>.</summary>
    public string Environment { get; }

    /// <summary>Who holds it.</summary>
    public LeaseOwner Owner => owner;

    /// <summary>Its number: higher than that of every lease before it. Targets refuse lower ones.</summary>
    public long Fence { get; }

    /// <summary>Makes sure that the lease is still held, and renews it when half of its time is over. Call it now and then while waiting.</summary>
    /// <exception cref="ReleaseException">Another releaser has it now.</exception>
    public Task KeepAsync(CancellationToken cancel = default) => ledger.AppendAsync(Guard, cancel);

    /// <summary>Appends facts that only the holder may state (a rollout began, a version was verified), all of them or none.</summary>
    /// <exception cref="ReleaseException">Another releaser has it now; nothing was appended.</exception>
    public Task<IReadOnlyList<LedgerEvent>> AppendAsync(NewEvent news, CancellationToken cancel = default) => AppendAsync([news], cancel);

    /// <inheritdoc cref="AppendAsync(NewEvent, CancellationToken)"/>
    public Task<IReadOnlyList<LedgerEvent>> AppendAsync(IReadOnlyList<NewEvent> news, CancellationToken cancel = default) =>
        ledger.AppendAsync(head => [.. Guard(head), .. news], cancel);

    /// <summary>Appends the last fact of the holder and ends the lease, both or neither.</summary>
    /// <exception cref="ReleaseException">Another releaser has it now; nothing was appended.</exception>
    public Task EndAsync(NewEvent news, CancellationToken cancel = default) =>
        ledger.AppendAsync(head => [.. Guard(head), news, Released], cancel);

    /// <summary>What has to be appended, together with the intent of an effect, to hold the lease during it.</summary>
    /// <exception cref="ReleaseException">Another releaser has it now.</exception>
    internal IReadOnlyList<NewEvent> Guard(LedgerHead head)
    {
        var held = Leases.Held(head.State, Environment);
        if (held?.Fence != Fence)
        {
            throw new ReleaseException(
                $"This releaser lost its right to change {Leases.Describe(Environment)}.",
                held is null ? "It was ended by somebody." : $"{held.Owner} has it since {EventHash.Time(held.Since)}.",
                "Nothing more was done. See where things stand: ./build.sh --target=Status"
            );
        }

        var now = ledger.Clock.GetUtcNow();
        return held.Expires - now > duration / 2 ? [] : [Leases.Taken(release, Environment, owner, Fence, now + duration)];
    }

    /// <summary>Ends the lease, so that the next releaser need not wait for it to expire.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await ledger.AppendAsync(head => Leases.Held(head.State, Environment)?.Fence == Fence ? [Released] : []);
        }
        catch (ReleaseException)
        {
            // The ledger cannot be written: it expires by itself, and the failure that matters is already on its way.
        }
    }
}
