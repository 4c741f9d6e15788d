using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Deployment;

/// <summary>The real <c>kubectl</c> against one context and namespace. A server that restarts is waited for.</summary>
/// <param name="context">The kubeconfig's context; its current one where null.</param>
/// <param name="namespaceName">The namespace.</param>
sealed class Kubectl(string? context, string namespaceName)
{
    /// <summary>Under which name our fields are owned on the server.</summary>
    public const string FieldManager = "release-recipes";
    static readonly TimeSpan[] Pauses = [.. new[] { 1, 2, 4, 8, 8 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    public string Namespace => namespaceName;

    /// <summary>An object, or null where the server says that there is none.</summary>
    public async Task<JsonObject?> FindAsync(string kind, string name, CancellationToken cancel)
    {
        var result = await RunAsync(["get", kind, name, "--output=json", "--ignore-not-found"], null, cancel);
        return result.Output.Trim().Length == 0 ? null : Parse(result.Output);
    }

    /// <summary>The objects of several kinds in the namespace.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string kinds, string? selector, CancellationToken cancel)
    {
        IReadOnlyList<string> labelled = selector is null ? [] : [$"--selector={selector}"];
        var result = await RunAsync(["get", kinds, "--output=json", .. labelled], null, cancel);
        return [.. (Parse(result.Output)["items"] as JsonArray ?? []).OfType<JsonObject>()];
    }

    /// <summary>
    /// Sets the fields of the manifest, and only those, as owned by us (server-side apply). Fields that another manager owns are taken over, and it is
    /// said from whom.
    /// </summary>
    public async Task ApplyAsync(JsonObject manifest, IProgress<string> progress, CancellationToken cancel)
    {
        // Not validated here, since our manifests of adopted objects hold but a few fields: the server validates what comes of it.
        IReadOnlyList<string> apply = ["apply", "--server-side", "--validate=false", $"--field-manager={FieldManager}", "--filename=-"];
        var result = await TryAsync(apply, manifest.ToJsonString(), cancel);
        if (!result.Succeeded && KubectlProblem.IsConflict(result.Error))
        {
            progress.Report(
                $"taking over fields of {manifest["kind"]} {manifest["metadata"]?["name"]}: {KubectlProblem.Line(result.Error)}"
            );
            result = await TryAsync([.. apply, "--force-conflicts"], manifest.ToJsonString(), cancel);
        }

        Check(result, apply);
    }

    /// <summary>Changes an object by a JSON patch (RFC 6902).</summary>
    public Task PatchAsync(string kind, string name, JsonArray patch, CancellationToken cancel) =>
        RunAsync(["patch", kind, name, "--type=json", $"--field-manager={FieldManager}", $"--patch={patch.ToJsonString()}"], null, cancel);

    /// <summary>Changes an object by a merge patch (RFC 7386): null takes a field away.</summary>
    public Task MergeAsync(string kind, string name, JsonObject patch, CancellationToken cancel) =>
        RunAsync(["patch", kind, name, "--type=merge", $"--field-manager={FieldManager}", $"--patch={patch.ToJsonString()}"], null, cancel);

    public Task DeleteAsync(string kind, string name, CancellationToken cancel) =>
        RunAsync(["delete", kind, name, "--ignore-not-found", "--wait=false"], null, cancel);

    async Task<ProgramResult> RunAsync(IReadOnlyList<string> arguments, string? input, CancellationToken cancel) =>
        Check(await TryAsync(arguments, input, cancel), arguments);

    async Task<ProgramResult> TryAsync(IReadOnlyList<string> arguments, string? input, CancellationToken cancel)
    {
        IReadOnlyList<string> where = context is null ? [] : [$"--context={context}"];
        var call = new ProgramCall("kubectl", [.. where, $"--namespace={namespaceName}", "--request-timeout=20s", .. arguments])
        {
            Input = input,
            Timeout = TimeSpan.FromMinutes(1),
        };
        for (var tries = 0; ; tries++)
        {
            // Every call names an absolute state, so that one whose answer was lost may be made again.
            var result = await ProgramRunner.RunAsync(call, cancel);
            if (result.Succeeded || tries == Pauses.Length || !KubectlProblem.IsPassing(result))
            {
                return result;
            }

            await Task.Delay(Pauses[tries], cancel);
        }
    }

    ProgramResult Check(ProgramResult result, IReadOnlyList<string> arguments) =>
        result.Succeeded ? result : throw KubectlProblem.Of(result, arguments, context, namespaceName);

    static JsonObject Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? [];
        }
        catch (JsonException problem)
        {
            throw new ReleaseException("kubectl printed something that is no JSON.", inner: problem);
        }
    }
}
