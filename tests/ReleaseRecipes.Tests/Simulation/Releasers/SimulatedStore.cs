using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>The one ledger at the remote, as one process reaches it: slowly, sometimes not at all, sometimes without hearing the answer.</summary>
public sealed class SimulatedStore(SharedWorld world, SimulatedProcess process) : ILedgerStore
{
    public async Task<LedgerHead> HeadAsync(CancellationToken cancel = default)
    {
        await world.Scheduler.TurnAsync(process);
        return world.Head;
    }

    public async Task<IReadOnlyList<LedgerEvent>> ReadAsync(string release, CancellationToken cancel = default)
    {
        await world.Scheduler.TurnAsync(process);
        return [.. world.Events.Where(fact => fact.Release == release)];
    }

    public async Task<IReadOnlyList<LedgerEvent>> ReadAllAsync(CancellationToken cancel = default)
    {
        await world.Scheduler.TurnAsync(process);
        return [.. world.Events];
    }

    public async Task<bool> TryAppendAsync(
        LedgerHead expected,
        IReadOnlyList<LedgerEvent> events,
        LedgerHead next,
        CancellationToken cancel = default
    )
    {
        await world.Scheduler.TurnAsync(process);
        world.MayFail("the remote does not answer");
        var won = world.Append(expected, events, next);
        await world.Scheduler.TurnAsync(process);
        world.MayFail("the answer of the remote was lost");
        return won;
    }
}
