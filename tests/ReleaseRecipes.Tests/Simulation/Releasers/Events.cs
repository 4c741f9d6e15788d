using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>What happened in one life.</summary>
sealed record Events(bool RolledBack, bool Failed, bool Aborted, int Releasers, bool MadeAnew, bool TookOver)
{
    public static Events Of(IReadOnlyList<LedgerEvent> life) =>
        new(
            Has(life, EventKinds.RolledBack),
            Has(life, EventKinds.Failure),
            Has(life, EventKinds.Aborted),
            life.Select(fact => fact.Actor).Distinct().Count(),
            WasMadeAnew(life),
            WasTakenOver(life)
        );

    static bool Has(IReadOnlyList<LedgerEvent> life, string kind) => life.Any(fact => fact.Kind == kind);

    static bool WasMadeAnew(IReadOnlyList<LedgerEvent> life) =>
        life.Where(fact => fact.Kind == EventKinds.Intent && Effect.Is(LedgerFold.Text(fact, "key"), "commit"))
            .GroupBy(fact => fact.Release)
            .Any(release => release.Select(fact => LedgerFold.Text(fact, "key")).Distinct().Count() > 1);

    static bool WasTakenOver(IReadOnlyList<LedgerEvent> life)
    {
        var state = LedgerState.Empty;
        foreach (var fact in life)
        {
            var next = LedgerFold.Apply(state, fact);
            if (
                fact.Kind == EventKinds.LeaseTaken
                && fact.Data["environment"]!.ToString() is var name
                && Leases.Held(state, name) is { } held
                && held.Owner != fact.Actor
            )
            {
                return true;
            }

            state = next;
        }

        return false;
    }
}
