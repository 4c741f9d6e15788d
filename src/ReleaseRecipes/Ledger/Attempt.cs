using System.Globalization;

namespace ReleaseRecipes.Ledger;

/// <summary>
/// One try to bring a release to an environment. A rollout that was rolled back, failed or was aborted may be tried again, and its
/// effects are then other effects: the keys of a second attempt are <c>production#2/3</c> where those of the first are <c>production/3</c>.
/// </summary>
/// <param name="Environment">The environment's name.</param>
/// <param name="Number">1 for the first.</param>
/// <param name="UnderWay">Whether it was begun and has not ended; it goes on then, and is not begun anew.</param>
public sealed record Attempt(string Environment, int Number, bool UnderWay)
{
    /// <summary>The attempt that is under way for an environment, or the next one, from the events of one release.</summary>
    public static Attempt Of(IEnumerable<LedgerEvent> events, string environment)
    {
        var begun = 0;
        var underWay = false;
        foreach (var fact in events)
        {
            switch (fact.Kind)
            {
                case EventKinds.RolloutStarted when LedgerFold.Text(fact, "environment") == environment:
                    begun++;
                    underWay = true;
                    break;
                case EventKinds.Verified or EventKinds.RolledBack when LedgerFold.Text(fact, "environment") == environment:
                case EventKinds.Aborted:
                    underWay = false;
                    break;
            }
        }

        return new Attempt(environment, underWay ? begun : begun + 1, underWay);
    }

    /// <summary>The key of one of its effects: a move's number, <c>rollback</c>, or what else the rollout does.</summary>
    public string Key(string effect) => Number == 1 ? $"{Environment}/{effect}" : $"{Environment}#{Number}/{effect}";

    /// <summary>The key of one of its moves.</summary>
    public string Key(int move) => Key(move.ToString(CultureInfo.InvariantCulture));
}
