using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>How a kind of route writes its weighted backends.</summary>
/// <param name="Kind">The resource, as kubectl names it.</param>
/// <param name="Rules">The member of spec that holds the rules.</param>
/// <param name="Backends">The member of a rule that holds its backends.</param>
/// <param name="NameAt">Where a backend names its Service.</param>
sealed record RouteShape(string Kind, string Rules, string Backends, IReadOnlyList<string> NameAt)
{
    /// <summary>The Gateway API's HTTPRoute: weights are proportions, 1 where none is written.</summary>
    public static RouteShape GatewayApi { get; } = new("httproutes.gateway.networking.k8s.io", "rules", "backendRefs", ["name"]);

    /// <summary>Istio's VirtualService: the weights of a route sum to 100.</summary>
    public static RouteShape Istio { get; } = new("virtualservices.networking.istio.io", "http", "route", ["destination", "host"]);
}

/// <summary>
/// The weights of an HTTPRoute or a VirtualService. Of each rule that names our Service, only our two backends are changed, by a JSON patch that first
/// tests that they are still where they were; backends and rules of others stay as they are, and keep their share.
/// </summary>
sealed class WeightedRoute(Kubectl kubectl, RouteShape shape, string name, string service, string preview) : IRoute
{
    public async Task<int> ReadAsync(CancellationToken cancel)
    {
        var (rule, main, candidate) = Ours(await FindAsync(cancel)).First();
        var (stable, ours) = (Weight(Backend(rule, main)), candidate < 0 ? 0 : Weight(Backend(rule, candidate)));
        return stable + ours == 0 ? 0 : (int)Math.Round(100.0 * ours / (stable + ours));
    }

    public async Task WriteAsync(int candidate, IProgress<string> progress, CancellationToken cancel) =>
        await kubectl.PatchAsync(shape.Kind, name, Patch(await FindAsync(cancel), candidate), cancel);

    internal JsonArray Patch(JsonObject route, int candidate)
    {
        var patch = new JsonArray();
        var rules = route.Items("spec", shape.Rules).ToList();
        foreach (var (rule, main, ours) in Ours(route))
        {
            var backends = rule.Items(shape.Backends).ToList();
            // Beside backends of others, ours share what was ours before; alone, they share all.
            var alone = backends.Count == (ours < 0 ? 1 : 2);
            var whole = alone ? 100 : Weight(backends[main]) + (ours < 0 ? 0 : Weight(backends[ours]));
            var share = (int)Math.Round(whole * candidate / 100.0, MidpointRounding.AwayFromZero);
            var path = $"/spec/{shape.Rules}/{rules.IndexOf(rule)}/{shape.Backends}";
            SetWeight(patch, path, main, backends[main], whole - share);
            if (ours >= 0)
            {
                SetWeight(patch, path, ours, backends[ours], share);
            }
            else if (share > 0)
            {
                patch.Add((JsonNode)Operation("add", $"{path}/-", NewBackend(backends[main], share)));
            }
        }

        return patch;
    }

    void SetWeight(JsonArray patch, string path, int index, JsonObject backend, int weight)
    {
        patch.Add((JsonNode)Operation("test", $"{path}/{index}/{string.Join('/', shape.NameAt)}", JsonValue.Create(Name(backend))));
        patch.Add((JsonNode)Operation("add", $"{path}/{index}/weight", JsonValue.Create(weight)));
    }

    JsonObject NewBackend(JsonObject main, int weight)
    {
        var backend = main.DeepClone().AsObject();
        var holder = shape.NameAt.SkipLast(1).Aggregate(backend, (inner, member) => inner[member]!.AsObject());
        holder[shape.NameAt[^1]] = Name(main)!.Replace(service, preview, StringComparison.Ordinal);
        backend["weight"] = weight;
        return backend;
    }

    IEnumerable<(JsonObject Rule, int Main, int Candidate)> Ours(JsonObject route)
    {
        var found = false;
        foreach (var rule in route.Items("spec", shape.Rules))
        {
            var names = rule.Items(shape.Backends).Select(Name).ToList();
            var main = names.FindIndex(candidate => Names(candidate, service));
            if (main >= 0)
            {
                found = true;
                yield return (rule, main, names.FindIndex(candidate => Names(candidate, preview)));
            }
        }

        if (!found)
        {
            throw new ReleaseException(
                $"{shape.Kind}/{name} has no backend {service}.",
                $"namespace {kubectl.Namespace}",
                "Let one of its rules lead there."
            );
        }
    }

    JsonObject Backend(JsonObject rule, int index) => rule.Items(shape.Backends).ElementAt(index);

    /// <summary>Istio's hosts may be written with their namespace and domain.</summary>
    static bool Names(string? host, string wanted) =>
        host == wanted || (host is not null && host.StartsWith(wanted + ".", StringComparison.Ordinal));

    string? Name(JsonObject backend) => backend.Text([.. shape.NameAt]);

    /// <summary>Where no weight is written, both mean one share.</summary>
    static int Weight(JsonObject backend) => backend["weight"] is null ? 1 : backend.Number("weight");

    async Task<JsonObject> FindAsync(CancellationToken cancel) =>
        await kubectl.FindAsync(shape.Kind, name, cancel)
        ?? throw new ReleaseException(
            $"There is no {shape.Kind}/{name}.",
            $"namespace {kubectl.Namespace}",
            "Create it, or name another one under kubernetes.route."
        );

    static JsonObject Operation(string op, string path, JsonNode? value) =>
        new()
        {
            ["op"] = op,
            ["path"] = path,
            ["value"] = value,
        };
}
