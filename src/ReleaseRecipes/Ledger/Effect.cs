using System.Text.Json.Nodes;

namespace ReleaseRecipes.Ledger;

/// <summary>Something done outside this process that must happen exactly once: a commit, a tag, a push, a move of a rollout, a message.</summary>
/// <param name="Release">The version it belongs to.</param>
/// <param name="Key">
/// What makes it this very effect: <c>tag</c>, <c>production/3</c>. One outcome a key, for ever: what may be tried again after it ended
/// (a rollout after a rollback) takes its keys from its <see cref="Attempt"/>.
/// </param>
/// <param name="Intent">What is needed to recognise it in the world after a crash.</param>
/// <param name="Probe">Looks at the world: is it there already?</param>
/// <param name="Act">Does it, and returns what came of it.</param>
public sealed record Effect(
    string Release,
    string Key,
    JsonObject Intent,
    Func<CancellationToken, Task<Observation>> Probe,
    Func<CancellationToken, Task<JsonObject>> Act
)
{
    /// <summary>The key of a release's tag: <c>tag</c>, or <c>tag:core</c> of the component core.</summary>
    public static string TagKey(string? component) => component is null ? "tag" : $"tag:{component}";

    /// <summary>Whether a key is that of a tag, in whichever try to make it.</summary>
    public static bool IsTag(string? key) => Is(key, "tag");

    /// <summary>Whether a key is that of an effect, of whichever component and in whichever try: <c>tag</c>, <c>tag:core</c>, <c>tag#2</c>.</summary>
    public static bool Is(string? key, string effect) =>
        key?.StartsWith(effect, StringComparison.Ordinal) == true && (key.Length == effect.Length || key[effect.Length] is ':' or '#');
}

/// <summary>What a look at the world found.</summary>
/// <param name="Presence">Whether the effect is there.</param>
/// <param name="Outcome">What came of it, where it is there.</param>
/// <param name="Problem">Why it cannot be known, where it cannot.</param>
public sealed record Observation(Presence Presence, JsonObject? Outcome = null, string? Problem = null)
{
    /// <summary>It certainly did not happen.</summary>
    public static Observation Absent { get; } = new(Presence.Absent);

    /// <summary>It happened.</summary>
    public static Observation Present(JsonObject outcome) => new(Presence.Present, outcome);

    /// <summary>It cannot be known right now.</summary>
    public static Observation Unknown(string problem) => new(Presence.Unknown, null, problem);
}

/// <summary>Whether an effect is there.</summary>
public enum Presence
{
    /// <summary>It certainly is not. Only a confirmed absence means absent.</summary>
    Absent,

    /// <summary>It is.</summary>
    Present,

    /// <summary>The world did not answer.</summary>
    Unknown,
}
