using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// The weights of an HTTPRoute or a VirtualService. Of each rule that leads to our Service only our two backends are changed; backends and rules of
/// others stay as they are, and keep their share. What ours were before the first share is noted on the route, and comes back when all is done.
/// </summary>
sealed class WeightedRoute(KubernetesApi api, RouteShape shape, string name, string service, string preview) : IRoute
{
    const string Missing = "Create it, or name another one under kubernetes.route.";

    public async Task<int> ReadAsync(CancellationToken cancel)
    {
        var route =
            await api.FindAsync(shape.Kind, name, cancel)
            ?? throw new ReleaseException($"There is no {shape.Kind.Named(name)}.", $"namespace {api.Namespace}", Missing);
        return Noted(route) is { } noted && !Patch(route, noted.Share).Any() ? noted.Share : OurRules(route)[0].Share;
    }

    public Task WriteAsync(int candidate, IProgress<string> progress, CancellationToken cancel) =>
        api.ChangeAsync(shape.Kind, name, Missing, route => Patch(route, candidate), cancel);

    public async Task EndAsync(CancellationToken cancel)
    {
        if (await api.FindAsync(shape.Kind, name, cancel) is not null)
        {
            await api.ChangeAsync(shape.Kind, name, Missing, Restore, cancel);
        }
    }

    /// <summary>What gives the candidate its share; nothing where it has it already.</summary>
    internal IEnumerable<JsonObject> Patch(JsonObject route, int candidate)
    {
        var ours = OurRules(route);
        var before = Noted(route)?.Before ?? [.. ours.Select(rule => rule.Now)];
        var note = JsonSerializer.Serialize(new Note(candidate, before));
        return JsonPatch
            .Note(route, (KubernetesNames.Weights, note))
            .Concat(ours.SelectMany((rule, at) => rule.Give(candidate, at < before.Count ? before[at] : rule.Now)));
    }

    /// <summary>What puts the route back as it was.</summary>
    internal IEnumerable<JsonObject> Restore(JsonObject route) =>
        Noted(route) is { } noted
            ? JsonPatch
                .Note(route, (KubernetesNames.Weights, null))
                .Concat(OurRules(route).Zip(noted.Before).SelectMany(rule => rule.First.Restore(rule.Second)))
            : [];

    IReadOnlyList<OurBackends> OurRules(JsonObject route)
    {
        var rules = route.Items("spec", shape.Rules).ToList();
        IReadOnlyList<OurBackends> ours =
        [
            .. rules
                .Select(
                    (rule, at) => OurBackends.In(rule, $"/spec/{shape.Rules}/{at}/{shape.Backends}", shape, service, preview, api.Namespace)
                )
                .OfType<OurBackends>(),
        ];
        return ours.Count > 0
            ? ours
            : throw new ReleaseException(
                $"{shape.Kind.Named(name)} has no backend {service}.",
                $"namespace {api.Namespace}",
                "Let one of its rules lead there, or name another route under kubernetes.route."
            );
    }

    static Note? Noted(JsonObject route)
    {
        try
        {
            return route.Note(KubernetesNames.Weights) is { } note ? JsonSerializer.Deserialize<Note>(note) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is noted on the route.</summary>
    sealed record Note(int Share, IReadOnlyList<BackendWeights> Before);
}
