using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>The objects of one namespace. A server that restarts is waited for; every write names an absolute state, so that it may be made again.</summary>
/// <param name="context">The kubeconfig's context; its current one where null.</param>
/// <param name="namespaceName">The namespace.</param>
sealed class KubernetesApi(string? context, string namespaceName)
{
    /// <summary>Under which name our fields are owned on the server.</summary>
    public const string FieldManager = "release-recipes";
    const int Overtakings = 10;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    static readonly IReadOnlyList<int> AtFirst = [1, 2];
    static readonly IReadOnlyList<int> Later = [1, 2, 4, 8, 15, 15, 15];

    readonly KubectlProxy proxy = KubectlProxy.Of(context);
    readonly Dictionary<KubernetesResource, string> versions = [];

    public string Namespace => namespaceName;

    public string? Context => context;

    /// <summary>An object, or null where there is none.</summary>
    public async Task<JsonObject?> FindAsync(KubernetesResource kind, string name, CancellationToken cancel)
    {
        var what = $"get {kind.Named(name)}";
        var answer = await SendAsync(HttpMethod.Get, await PathAsync(kind, name, cancel), what, cancel);
        return answer.IsAbsent ? null : Check(answer, what).Body;
    }

    /// <summary>The objects of a kind in the namespace.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(
        KubernetesResource kind,
        IReadOnlyDictionary<string, string>? labels,
        CancellationToken cancel
    )
    {
        var (what, path) = ($"list {kind.Plural}", await PathAsync(kind, null, cancel));
        var selector = string.Join(',', (labels ?? new Dictionary<string, string>()).Select(label => $"{label.Key}={label.Value}"));
        var query = selector.Length == 0 ? "" : $"?labelSelector={Uri.EscapeDataString(selector)}";
        return [.. Check(await SendAsync(HttpMethod.Get, path + query, what, cancel), what).Body.Items("items")];
    }

    /// <summary>Opens what the server tells of each change of an object, a line for each.</summary>
    public async Task<HttpResponseMessage> WatchAsync(KubernetesResource kind, string name, CancellationToken cancel)
    {
        var path = await PathAsync(kind, null, cancel);
        using var request = Request(
            HttpMethod.Get,
            $"{path}?watch=1&fieldSelector={Uri.EscapeDataString($"metadata.name={name}")}",
            null,
            ""
        );
        return await proxy.OpenAsync(request, cancel);
    }

    /// <summary>
    /// Sets the fields of the manifest as owned by us, and takes those away that were ours and are in it no more (server-side apply). Fields of another
    /// manager are taken over, and it is said from whom; from one that would put them back they are not.
    /// </summary>
    public async Task<JsonObject> ApplyAsync(
        KubernetesResource kind,
        JsonObject manifest,
        IProgress<string> progress,
        CancellationToken cancel
    )
    {
        var answer = await SendApplyAsync(kind, manifest, "", cancel);
        var conflicts = FieldConflict.Of(answer.Body).ToList();
        if (conflicts.Count > 0 && !conflicts.Any(conflict => conflict.IsKept))
        {
            progress.Report(
                $"taking over fields of {kind.Named(manifest.Name())}: {FieldConflict.Describe(conflicts)}. Leave them out of what you apply there"
            );
            answer = await SendApplyAsync(kind, manifest, "&force=true", cancel);
        }

        return Check(answer, $"apply {kind.Named(manifest.Name())}").Body;
    }

    /// <summary>What <see cref="ApplyAsync"/> would run into, without changing anything.</summary>
    /// <exception cref="ReleaseException">The cluster would refuse it, or another manager would put its own value back.</exception>
    public async Task RehearseAsync(KubernetesResource kind, JsonObject manifest, CancellationToken cancel)
    {
        var answer = await SendApplyAsync(kind, manifest, "&dryRun=All", cancel);
        var conflicts = FieldConflict.Of(answer.Body).ToList();
        if (conflicts.Count == 0 || conflicts.Any(conflict => conflict.IsKept))
        {
            Check(answer, $"apply {kind.Named(manifest.Name())}");
        }
    }

    /// <summary>
    /// Changes an object that is not ours by a JSON patch (RFC 6902) that is made for it as it is; again for what another writer made of it meanwhile.
    /// </summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">Its name.</param>
    /// <param name="missing">What to do where it does not exist.</param>
    /// <param name="patch">The patch; empty where all is as it is to be.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task ChangeAsync(
        KubernetesResource kind,
        string name,
        string missing,
        Func<JsonObject, IEnumerable<JsonObject>> patch,
        CancellationToken cancel
    )
    {
        var what = $"patch {kind.Named(name)}";
        var path = $"{await PathAsync(kind, name, cancel)}?fieldManager={FieldManager}";
        for (var left = Overtakings; ; left--)
        {
            var read =
                await FindAsync(kind, name, cancel)
                ?? throw new ReleaseException($"There is no {kind.Named(name)}.", $"namespace {namespaceName}", missing);
            var changes = patch(read).ToList<JsonNode>();
            if (changes.Count == 0)
            {
                return;
            }

            changes.Add(JsonPatch.Operation("replace", "/metadata/resourceVersion", read.Text("metadata", "resourceVersion")));
            var answer = await SendAsync(HttpMethod.Patch, path, what, cancel, new JsonArray([.. changes]), "application/json-patch+json");
            if (!answer.IsOvertaken || left == 0)
            {
                Check(answer, what);
                return;
            }
        }
    }

    /// <summary>How many pods a Deployment is to have: by its scale, as kubectl scale does, so that the number is never ours to keep.</summary>
    public async Task ScaleAsync(string deployment, int replicas, CancellationToken cancel)
    {
        var what = $"scale {KubernetesResource.Deployments.Named(deployment)} to {replicas}";
        var path = await PathAsync(KubernetesResource.Deployments, deployment, cancel) + "/scale";
        var body = new JsonObject { ["spec"] = new JsonObject { ["replicas"] = replicas } };
        Check(await SendAsync(HttpMethod.Patch, path, what, cancel, body, "application/merge-patch+json"), what);
    }

    /// <summary>Takes an object away, its pods in the background. One that is not there is gone already.</summary>
    public async Task DeleteAsync(KubernetesResource kind, string name, CancellationToken cancel)
    {
        var what = $"delete {kind.Named(name)}";
        var body = new JsonObject { ["propagationPolicy"] = "Background" };
        var answer = await SendAsync(HttpMethod.Delete, await PathAsync(kind, name, cancel), what, cancel, body);
        if (answer.Code != 404)
        {
            Check(answer, what);
        }
    }

    /// <summary>Any request, with the answer whatever it is. Passing troubles are waited out.</summary>
    /// <exception cref="ReleaseException">There was no answer.</exception>
    public async Task<KubernetesAnswer> SendAsync(
        HttpMethod method,
        string path,
        string what,
        CancellationToken cancel,
        JsonNode? body = null,
        string type = "application/json"
    )
    {
        var text = body?.ToJsonString();
        for (var tries = 0; ; tries++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Patience);
            var pauses = proxy.HasAnswered ? Later : AtFirst;
            try
            {
                var answer = await proxy.SendAsync(() => Request(method, path, text, type), limit.Token);
                if (tries >= pauses.Count || !answer.IsPassing)
                {
                    return answer;
                }
            }
            catch (Exception problem)
                when (problem is HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
            {
                if (tries >= pauses.Count)
                {
                    throw KubernetesProblem.OfSilence(problem, what, context, namespaceName);
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(pauses[tries]), cancel);
        }
    }

    /// <summary>The answer, if it is one of success.</summary>
    /// <exception cref="ReleaseException">It is not.</exception>
    public KubernetesAnswer Check(KubernetesAnswer answer, string what) =>
        answer.Succeeded ? answer : throw KubernetesProblem.Of(answer, what, context, namespaceName);

    /// <summary>Where an object is, or all of its kind.</summary>
    public async Task<string> PathAsync(KubernetesResource kind, string? name, CancellationToken cancel) =>
        kind.Path(await VersionAsync(kind, cancel), Uri.EscapeDataString(namespaceName))
        + (name is null ? "" : $"/{Uri.EscapeDataString(name)}");

    async Task<KubernetesAnswer> SendApplyAsync(KubernetesResource kind, JsonObject manifest, string how, CancellationToken cancel)
    {
        var name = manifest.Name();
        manifest["apiVersion"] = kind.ApiVersion(await VersionAsync(kind, cancel));
        manifest["kind"] = kind.Kind;
        return await SendAsync(
            HttpMethod.Patch,
            $"{await PathAsync(kind, name, cancel)}?fieldManager={FieldManager}{how}",
            $"apply {kind.Named(name)}",
            cancel,
            manifest,
            "application/apply-patch+yaml"
        );
    }

    /// <summary>The best version of a kind that the cluster has.</summary>
    async Task<string> VersionAsync(KubernetesResource kind, CancellationToken cancel)
    {
        if (kind.Versions.Count == 1)
        {
            return kind.Versions[0];
        }

        lock (versions)
        {
            if (versions.TryGetValue(kind, out var known))
            {
                return known;
            }
        }

        var what = $"find {kind.Plural}.{kind.Group}";
        var groups = Check(await SendAsync(HttpMethod.Get, $"apis/{kind.Group}", what, cancel), what).Body;
        var served = groups.Items("versions").Select(version => version.Text("version")).ToList();
        var best = kind.Versions.FirstOrDefault(served.Contains) ?? kind.Versions[0];
        lock (versions)
        {
            versions[kind] = best;
        }

        return best;
    }

    static HttpRequestMessage Request(HttpMethod method, string path, string? body, string type) =>
        new(method, path)
        {
            Content = body is null
                ? null
                : new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
            Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } },
        };
}
