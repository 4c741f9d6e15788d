using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>The weights of our two backends in one rule, as they are written.</summary>
/// <param name="Main">The Service's; null where none is written.</param>
/// <param name="Candidate">The candidate's; null where none is written.</param>
/// <param name="HasCandidate">Whether the candidate's Service is a backend at all.</param>
sealed record BackendWeights(int? Main, int? Candidate, bool HasCandidate);

/// <summary>Our two backends in one rule of a route.</summary>
sealed class OurBackends
{
    readonly RouteShape shape;
    readonly string path;
    readonly string preview;
    readonly List<JsonObject> backends;
    readonly int main;
    readonly int candidate;

    OurBackends(RouteShape shape, string path, string preview, List<JsonObject> backends, int main, int candidate)
    {
        this.shape = shape;
        this.path = path;
        this.preview = preview;
        this.backends = backends;
        this.main = main;
        this.candidate = candidate;
    }

    /// <summary>As they are.</summary>
    public BackendWeights Now => new(Written(main), candidate < 0 ? null : Written(candidate), candidate >= 0);

    /// <summary>The candidate's share in percent, to the nearest.</summary>
    public int Share
    {
        get
        {
            var (stable, ours) = (Written(main) ?? 1, candidate < 0 ? 0 : Written(candidate) ?? 1);
            return stable + ours == 0 ? 0 : (int)Math.Round(100.0 * ours / (stable + ours), MidpointRounding.AwayFromZero);
        }
    }

    /// <summary>Ours in a rule; null where it does not lead to our Service.</summary>
    public static OurBackends? In(JsonObject rule, string path, RouteShape shape, string service, string preview, string namespaceName)
    {
        var backends = rule.Items(shape.Backends).ToList();
        var main = backends.FindIndex(backend => shape.Leads(backend, service, namespaceName));
        var candidate = backends.FindIndex(backend => shape.Leads(backend, preview, namespaceName));
        return main < 0 ? null : new OurBackends(shape, path, preview, backends, main, candidate);
    }

    /// <summary>
    /// What gives the candidate its share of what was ours before: of all, or, beside backends of others, of our part, which then must be large enough
    /// for it.
    /// </summary>
    public IEnumerable<JsonObject> Give(int share, BackendWeights before)
    {
        var alone = backends.Count == (candidate < 0 ? 1 : 2);
        var whole = alone ? 100 : (before.Main ?? 1) + (before.HasCandidate ? before.Candidate ?? 1 : 0);
        var ours = (int)Math.Round(whole * share / 100.0, MidpointRounding.AwayFromZero);
        if (share is > 0 and < 100 && (ours == 0 || ours == whole))
        {
            throw new ReleaseException(
                $"{share}% of a weight of {whole} is no whole number.",
                $"{path}: beside other backends",
                "Write the weights of that rule a hundred times as large: their proportions stay."
            );
        }

        return candidate >= 0 ? [.. Weigh(main, whole - ours), .. Weigh(candidate, ours)]
            : ours == 0 ? Weigh(main, whole)
            : [.. Weigh(main, whole - ours), JsonPatch.Operation("add", $"{path}/-", Added(ours))];
    }

    /// <summary>What puts them back.</summary>
    public IEnumerable<JsonObject> Restore(BackendWeights before) =>
        [
            .. Weigh(main, before.Main),
            .. candidate < 0 ? []
            : before.HasCandidate ? Weigh(candidate, before.Candidate)
            : [JsonPatch.Remove($"{path}/{candidate}")],
        ];

    IEnumerable<JsonObject> Weigh(int at, int? weight) =>
        Written(at) == weight ? []
        : weight is null ? [JsonPatch.Remove($"{path}/{at}/weight")]
        : [JsonPatch.Operation("add", $"{path}/{at}/weight", weight)];

    JsonObject Added(int weight)
    {
        var backend = shape.Copy(backends[main], preview);
        backend["weight"] = weight;
        return backend;
    }

    int? Written(int at) => backends[at]["weight"] is null ? null : backends[at].Number("weight");
}
