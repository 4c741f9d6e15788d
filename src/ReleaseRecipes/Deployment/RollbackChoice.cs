using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>From which version to which an environment is taken back by hand.</summary>
/// <param name="From">What is taken back, as the ledger knows it.</param>
/// <param name="To">The version that is to serve.</param>
/// <param name="Digest">The digest of its artefacts.</param>
/// <param name="Attempt">The attempt that brought <paramref name="From"/>.</param>
sealed record RollbackChoice(Candidate From, string To, string? Digest, Attempt Attempt)
{
    public static async Task<RollbackChoice> MakeAsync(
        ReleaseLedger ledger,
        TargetState state,
        EnvironmentSettings environment,
        string? toVersion,
        CancellationToken cancel
    )
    {
        var head = await ledger.HeadAsync(cancel);
        var place =
            head.State.Environments.GetValueOrDefault(environment.Name)
            ?? throw Nothing(environment, "Nothing was ever deployed to", environment.Name);
        // Read from the ledger rather than from the traffic, which a rollback that was interrupted has moved already.
        var failed =
            place.State == "failed"
                ? state.Versions.Where(running => running.Version != place.Verified).MaxBy(running => running.Weight)
                : null;
        var from =
            place.Candidate ?? failed?.Version ?? place.Verified ?? throw Nothing(environment, "Nothing serves in", environment.Name);
        var to =
            toVersion
            ?? (
                from == place.Verified
                    ? place.Earlier.Count > 0
                        ? place.Earlier[0]
                        : null
                    : place.Verified
            );
        if (to is null)
        {
            throw Nothing(environment, $"No version was verified before {from} in", environment.Name);
        }

        var digest = await VerifiedDigestAsync(ledger, environment, to, cancel);
        var events = await ledger.ReadAsync(from, cancel);
        return new RollbackChoice(
            new Candidate(from, "", "", ""),
            to == from ? throw Nothing(environment, $"{to} is what serves in", environment.Name) : to,
            digest,
            RolloutRecord.Of(events, environment.Name).Attempt
        );
    }

    static async Task<string?> VerifiedDigestAsync(
        ReleaseLedger ledger,
        EnvironmentSettings environment,
        string version,
        CancellationToken cancel
    )
    {
        var verified = (await ledger.ReadAsync(version, cancel)).LastOrDefault(fact =>
            fact.Kind == EventKinds.Verified && Text(fact.Data, "environment") == environment.Name
        );
        return verified is null
            ? throw Nothing(environment, $"{version} was never verified in", environment.Name)
            : Text(verified.Data, "digest");
    }

    static ReleaseException Nothing(EnvironmentSettings environment, string what, string where) =>
        new(
            $"{what} {where}.",
            todo: $"A rollback goes only to a version that was verified in {environment.Name}; ./build.sh --target=Status shows which."
        );

    static string? Text(JsonObject data, string name) =>
        data[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
