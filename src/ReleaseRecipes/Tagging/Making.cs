using System.Globalization;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tagging;

/// <summary>
/// One try to make a release's commit and tags. What was made for another commit (the branch moved, and the version was planned anew), or on a
/// machine that is gone and never published it, is made anew: its effects are then other effects, <c>tag#2</c> where the first is <c>tag</c>.
/// </summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Made">The commit that is tagged or to be tagged; null where it is still to be made.</param>
public sealed record Making(int Number, string? Made)
{
    /// <summary>The key of one of its effects: <c>commit</c>, <c>tag</c>, <c>push</c>.</summary>
    public string Key(string effect) => KeyOf(effect, Number);

    /// <summary>A key without the number of the try.</summary>
    public static string Base(string key) => key.IndexOf('#', StringComparison.Ordinal) is var at && at < 0 ? key : key[..at];

    /// <summary>The key of a release commit on top of a gated one.</summary>
    public static string CommitKey(string parent) => $"commit:{parent[..12]}";

    /// <summary>The try that goes on, or the next one.</summary>
    /// <param name="events">The events of the release.</param>
    /// <param name="version">What is released.</param>
    /// <param name="find">Finds what was made for this very plan: its commit, its tags, and whether they were published.</param>
    public static async Task<Making> OfAsync(
        IReadOnlyList<LedgerEvent> events,
        VersionDecision version,
        Func<string, IReadOnlyList<string>, bool, Task<Found>> find
    )
    {
        for (var number = 1; ; number++)
        {
            var tagged = Outcomes(events, number).Where(fact => Effect.IsTag(LedgerFold.Text(fact, "key"))).ToList();
            var committed = Outcomes(events, number)
                .Where(fact => LedgerFold.Text(fact, "key") == KeyOf(CommitKey(version.Commit), number));
            if (tagged.Concat(committed).Select(fact => Outcome(fact, "commit")).FirstOrDefault() is not { } made)
            {
                return new Making(number, null);
            }

            if (!IsFor(events, made, version.Commit))
            {
                continue;
            }

            var published = Outcomes(events, number).Any(fact => LedgerFold.Text(fact, "key") == KeyOf("push", number));
            var found = await find(made, [.. tagged.Select(fact => Outcome(fact, "tag")).OfType<string>()], published);
            if (found == Found.All || (found == Found.CommitOnly && tagged.Count == 0))
            {
                return new Making(number, made);
            }

            if (found == Found.CommitOnly && !Outcomes(events, number + 1).Any())
            {
                return new Making(number + 1, made);
            }
        }
    }

    static bool IsFor(IReadOnlyList<LedgerEvent> events, string made, string planned) =>
        made == planned
        || events.Any(fact =>
            fact.Kind == EventKinds.Outcome
            && Base(LedgerFold.Text(fact, "key") ?? "") == CommitKey(planned)
            && Outcome(fact, "commit") == made
        );

    /// <summary>What was done of a try's commit, tags and push.</summary>
    static IEnumerable<LedgerEvent> Outcomes(IReadOnlyList<LedgerEvent> events, int number) =>
        events.Where(fact =>
            fact.Kind == EventKinds.Outcome
            && LedgerFold.Text(fact, "key") is { } key
            && (Effect.IsTag(key) || Effect.Is(key, "commit") || Effect.Is(key, "push"))
            && key == KeyOf(Base(key), number)
        );

    static string? Outcome(LedgerEvent fact, string name) => fact.Data["outcome"]?[name]?.GetValue<string>();

    static string KeyOf(string effect, int number) =>
        number == 1 ? effect : string.Create(CultureInfo.InvariantCulture, $"{effect}#{number}");
}

/// <summary>What of a release's commit and tags is in this repository.</summary>
public enum Found
{
    /// <summary>Nothing, and it certainly was never published.</summary>
    Nothing,

    /// <summary>The commit, but not every tag, and those certainly were never published.</summary>
    CommitOnly,

    /// <summary>All.</summary>
    All,
}
