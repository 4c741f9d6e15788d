using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Tests.Ledger;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>A release as the real command makes one, with the real ledger, leases and effects, in the simulated world.</summary>
public sealed class ReleaseProgram(SharedWorld world, SimulatedProcess process, Func<string, bool> isGone, int releases) : IDisposable
{
    readonly ReleaseLedger ledger = new(
        new SimulatedStore(world, process),
        new SimulatedClock(world.Scheduler, process),
        process.Name,
        Secrets.None
    );

    Leases Leases => field ??= new Leases(ledger, new LeaseOwner(process.Name, isGone), TimeSpan.FromMinutes(5));

    /// <summary>Makes or goes on with one release after another, until there is nothing to release.</summary>
    public async Task RunAsync()
    {
        while (await NextAsync() is { } version)
        {
            await BeginAsync(version);
            foreach (var place in world.Places.Keys.ToList())
            {
                await DeployAsync(version, place);
            }

            await ledger.AppendAsync(head =>
                head.State.Newest is { State: not "released" } newest && newest.Version == version
                    ? [new NewEvent(version, EventKinds.Released, [])]
                    : []
            );
        }
    }

    public void Dispose() => ledger.Dispose();

    async Task<string?> NextAsync() =>
        (await ledger.HeadAsync()).State.Newest switch
        {
            null => "1.0.0",
            { State: "released" } done => done.Version == $"1.{releases - 1}.0" ? null : $"1.{int.Parse(done.Version.Split('.')[1]) + 1}.0",
            var going => going.Version,
        };

    async Task BeginAsync(string version)
    {
        await using var lease = await Leases.TakeAsync(Leases.Releasing, version);
        await ledger.AppendAsync(head =>
            head.State.Newest?.Version == version || Later(head.State.Newest?.Version, version)
                ? []
                : [new NewEvent(version, EventKinds.Planned, new JsonObject { ["commit"] = "c" + version, ["plan"] = "p" })]
        );
        await new Effects(ledger, lease).OnceAsync(
            new Effect(
                version,
                "tag",
                [],
                _ => LookAsync(() => world.Tags.ContainsKey(version)),
                _ => DoAsync(() => world.Tag(version, "c" + version))
            )
        );
        await new Effects(ledger, lease).OnceAsync(
            new Effect(version, "announce", [], _ => LookAsync(() => world.Announcements.ContainsKey(version)), _ => AnnounceAsync(version))
        );
    }

    async Task DeployAsync(string version, string place)
    {
        await using var lease = await Leases.TakeAsync(place, version);
        var effects = new Effects(ledger, lease);
        var state = (await ledger.HeadAsync()).State;
        if (state.Environment(place).Verified == version || Later(state.Environment(place).Verified, version))
        {
            return;
        }

        var attempt = Attempt.Of(await ledger.ReadAsync(version), place);
        if (!attempt.UnderWay)
        {
            await lease.AppendAsync(About(version, EventKinds.RolloutStarted, place));
        }

        await MoveAsync(effects, lease, attempt, version, place, 1, 0);
        await MoveAsync(effects, lease, attempt, version, place, 2, 10);
        if (IsBad(version, place, attempt.Number))
        {
            await BackAsync(effects, lease, attempt, version, place);
            throw new ReleaseException($"{version} was rolled back.");
        }

        await MoveAsync(effects, lease, attempt, version, place, 3, 100);
        await effects.OnceAsync(
            new Effect(
                version,
                attempt.Key(4),
                [],
                _ => LookAsync(() => world.Places[place].Stable == version),
                _ => DoAsync(() => world.Promote(place, $"{version} {attempt.Key(4)}", lease.Fence, version))
            )
        );
        await lease.AppendAsync(About(version, EventKinds.Verified, place));
    }

    Task MoveAsync(Effects effects, Lease lease, Attempt attempt, string version, string place, int index, int weight) =>
        effects.OnceAsync(
            new Effect(
                version,
                attempt.Key(index),
                [],
                _ => LookAsync(() => world.Places[place] is var at && at.Candidate == version && at.Weight == weight),
                _ => DoAsync(() => world.Bring(place, $"{version} {attempt.Key(index)}", lease.Fence, version, weight))
            )
        );

    async Task BackAsync(Effects effects, Lease lease, Attempt attempt, string version, string place)
    {
        await effects.OnceAsync(
            new Effect(
                version,
                attempt.Key("rollback"),
                [],
                _ => LookAsync(() => world.Places[place].Candidate is null),
                _ => DoAsync(() => world.Bring(place, $"{version} {attempt.Key("rollback")}", lease.Fence, null, 0))
            )
        );
        await lease.AppendAsync(
            Ledgers.About(version, EventKinds.RolledBack, place, ("from", version), ("to", world.Places[place].Stable), ("restored", true))
        );
    }

    /// <summary>Whether a version misbehaves is a property of the version and the attempt, the same for everybody who watches.</summary>
    static bool IsBad(string version, string place, int attempt) => attempt == 1 && version == "1.1.0" && place == "production";

    static bool Later(string? version, string than) => version is not null && string.CompareOrdinal(version, than) > 0;

    static NewEvent About(string version, string kind, string place) => Ledgers.About(version, kind, place);

    async Task<Observation> LookAsync(Func<bool> isThere)
    {
        await world.Scheduler.TurnAsync(process);
        return world.Stormy && world.Scheduler.Chance(2) ? Observation.Unknown("no answer")
            : isThere() ? Observation.Present([])
            : Observation.Absent;
    }

    async Task<JsonObject> AnnounceAsync(string version)
    {
        await world.AnnounceAsync(process, version);
        return [];
    }

    async Task<JsonObject> DoAsync(Action apply)
    {
        await world.RequestAsync(process, apply);
        return [];
    }
}
