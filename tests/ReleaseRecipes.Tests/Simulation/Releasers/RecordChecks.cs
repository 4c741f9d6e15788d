using ReleaseRecipes.Approvals;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>What must hold of every event of a ledger, given those before it: it was recorded by one who had the right to, and after what it follows from.</summary>
static class RecordChecks
{
    static readonly string[] OfTheReleaser = [EventKinds.Planned, EventKinds.Released, EventKinds.Aborted];
    static readonly string[] OfTheDeployer =
    [
        EventKinds.RolloutStarted,
        EventKinds.Moved,
        EventKinds.Judged,
        EventKinds.Verified,
        EventKinds.RolledBack,
    ];

    public static void Check(ReleaseWorld world, IReadOnlyList<LedgerEvent> events)
    {
        var state = LedgerState.Empty;
        var announced = new HashSet<string>();
        var happened = new HashSet<string>();
        var approved = new HashSet<ApprovalSubject>();
        var planned = new Dictionary<string, ApprovalSubject>();
        foreach (var fact in events)
        {
            var told = $"event {fact.Sequence}, {fact.Release} {fact.Kind}";
            if (RightFor(fact) is { } right)
            {
                ReleaseWorld.Must(Leases.Held(state, right)?.Owner == fact.Actor, $"{told}: {fact.Actor} has the right to '{right}'");
            }

            if (fact.Kind is EventKinds.RolloutStarted or EventKinds.Verified or EventKinds.RolledBack)
            {
                var once = $"{fact.Release} {fact.Kind} {Environment(fact)}, attempt {fact.Data["attempt"]}";
                ReleaseWorld.Must(happened.Add(once), $"{told}: {once} happened only once");
            }

            var key = $"{fact.Release} {LedgerFold.Text(fact, "key")}";
            switch (fact.Kind)
            {
                case EventKinds.Intent:
                    announced.Add(key);
                    break;
                case EventKinds.Outcome or EventKinds.Notified:
                    ReleaseWorld.Must(announced.Contains(key), $"{told}: {key} was announced before");
                    break;
                case EventKinds.LeaseTaken:
                    ReleaseWorld.Must(IsNewOrRenewed(state, fact), $"{told}: its number is new");
                    break;
                case EventKinds.Planned:
                    planned[fact.Release] = new(fact.Release, Text(fact, "commit"), "", Text(fact, "plan"), "");
                    break;
                case EventKinds.Step when fact.Data["package"] is { } package:
                    planned[fact.Release] = planned[fact.Release] with { Digest = package["digest"]!.ToString() };
                    break;
                case EventKinds.Approved:
                    approved.Add(Approval.Of(fact)!.Subject);
                    break;
                case EventKinds.RolloutStarted when world.NeedsApproval(Environment(fact)):
                    var subject = planned[fact.Release] with { Environment = Environment(fact) };
                    ReleaseWorld.Must(approved.Contains(subject), $"{told}: somebody approved {subject}");
                    break;
                case EventKinds.RolledBack when fact.Data["to"] is not null:
                    ReleaseWorld.Must(world.PlacesFailed || fact.Data["restored"]!.GetValue<bool>(), $"{told}: it is back");
                    break;
                case EventKinds.Verified:
                    ReleaseWorld.Must(world.IsKnownGood(fact.Release, Environment(fact)), $"{told}: it was seen to be good");
                    break;
            }

            state = LedgerFold.Apply(state, fact);
        }
    }

    static string Environment(LedgerEvent fact) => Text(fact, "environment");

    static string Text(LedgerEvent fact, string name) => LedgerFold.Text(fact, name)!;

    /// <summary>What one must own to record a fact; null where anybody may.</summary>
    static string? RightFor(LedgerEvent fact)
    {
        if (fact.Kind != EventKinds.Intent)
        {
            return OfTheReleaser.Contains(fact.Kind) ? Leases.Releasing
                : OfTheDeployer.Contains(fact.Kind) ? Environment(fact)
                : null;
        }

        var key = LedgerFold.Text(fact, "key")!;
        return key.StartsWith("notify/", StringComparison.Ordinal) ? null
            : key.Contains('/') ? key.Split('/', '#')[0]
            : Leases.Releasing;
    }

    static bool IsNewOrRenewed(LedgerState state, LedgerEvent fact)
    {
        var fence = fact.Data["fence"]!.GetValue<long>();
        return fence > state.Fence || Leases.Held(state, Environment(fact)) is { } held && held.Fence == fence && held.Owner == fact.Actor;
    }
}
