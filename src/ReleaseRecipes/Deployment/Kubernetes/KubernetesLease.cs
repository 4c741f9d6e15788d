using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// The right to change one Deployment, as a Lease in its namespace: it keeps writers apart that share the cluster and no ledger. It is renewed while it
/// is held, and free when it was not renewed for a minute, or at once where its holder was a process of this machine that died.
/// </summary>
/// <param name="api">The namespace.</param>
/// <param name="deployment">The Deployment.</param>
/// <param name="owner">Who takes it.</param>
/// <param name="duration">How long it lasts without being renewed.</param>
sealed class KubernetesLease(KubernetesApi api, string deployment, LeaseOwner owner, TimeSpan duration)
{
    const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    public static TimeSpan Usual { get; } = TimeSpan.FromMinutes(1);

    /// <summary>How often it is renewed.</summary>
    public TimeSpan Pace => duration / 4;

    string Name => $"release-recipes-{deployment}";

    /// <summary>Takes it; waits for a holder that does not renew it any more.</summary>
    /// <exception cref="ReleaseException">Its holder lives; says who, and since when.</exception>
    public async Task TakeAsync(IProgress<string> progress, CancellationToken cancel)
    {
        for (string? read = null; ; await Task.Delay(Step, cancel))
        {
            var (found, now) = await ReadAsync(cancel);
            if (found is null || IsFree(found, now))
            {
                if (await WriteAsync(found, now, cancel))
                {
                    return;
                }

                continue;
            }

            var version = found.Text("metadata", "resourceVersion");
            if (read is not null && version != read)
            {
                throw Busy(found);
            }

            if (read is null)
            {
                read = version;
                progress.Report($"{Words(found)}; waiting for it to go on or to expire");
            }
        }
    }

    /// <summary>Renews it. Not null where another writer has it: who, and since when.</summary>
    public async Task<ReleaseException?> RenewAsync(CancellationToken cancel)
    {
        while (true)
        {
            var (found, now) = await ReadAsync(cancel);
            if (found is not null && Holder(found) is { } other && other != owner.Text)
            {
                return Busy(found);
            }

            if (await WriteAsync(found, now, cancel))
            {
                return null;
            }
        }
    }

    /// <summary>Ends it, so that the next one need not wait. One that cannot be ended expires.</summary>
    public async Task EndAsync()
    {
        try
        {
            var (found, _) = await ReadAsync(CancellationToken.None);
            if (found is not null && Holder(found) == owner.Text)
            {
                await api.DeleteAsync(KubernetesResource.Leases, Name, CancellationToken.None);
            }
        }
        catch (ReleaseException)
        {
            // The failure that matters is on its way already.
        }
    }

    async Task<(JsonObject? Found, DateTimeOffset Now)> ReadAsync(CancellationToken cancel)
    {
        var what = $"get lease/{Name}";
        var path = await api.PathAsync(KubernetesResource.Leases, Name, cancel);
        var answer = await api.SendAsync(HttpMethod.Get, path, what, cancel);
        // The server's time, so that the clocks of the writers need not agree.
        return (answer.IsAbsent ? null : api.Check(answer, what).Body, answer.At);
    }

    /// <summary>False where another writer was faster.</summary>
    async Task<bool> WriteAsync(JsonObject? found, DateTimeOffset now, CancellationToken cancel)
    {
        var what = $"{(found is null ? "create" : "update")} lease/{Name}";
        var isOurs = found is not null && Holder(found) == owner.Text;
        var spec = new JsonObject
        {
            ["holderIdentity"] = owner.Text,
            ["leaseDurationSeconds"] = Math.Max(1, (int)duration.TotalSeconds),
            ["acquireTime"] = isOurs ? found.Text("spec", "acquireTime") : Time(now),
            ["renewTime"] = Time(now),
            ["leaseTransitions"] = found.Number("spec", "leaseTransitions") + (found is null || isOurs ? 0 : 1),
        };
        var metadata = new JsonObject
        {
            ["name"] = Name,
            ["labels"] = new JsonObject { [KubernetesNames.ManagedBy] = KubernetesApi.FieldManager },
        };
        if (found.Text("metadata", "resourceVersion") is { } read)
        {
            metadata["resourceVersion"] = read;
        }

        var lease = new JsonObject
        {
            ["apiVersion"] = "coordination.k8s.io/v1",
            ["kind"] = "Lease",
            ["metadata"] = metadata,
            ["spec"] = spec,
        };
        var path = await api.PathAsync(KubernetesResource.Leases, found is null ? null : Name, cancel);
        var answer = await api.SendAsync(found is null ? HttpMethod.Post : HttpMethod.Put, path, what, cancel, lease);
        if (answer.IsOvertaken || answer.Code == 404 && found is not null)
        {
            return false;
        }

        api.Check(answer, what);
        return true;
    }

    bool IsFree(JsonObject lease, DateTimeOffset now) =>
        Holder(lease) is not { } holder
        || holder == owner.Text
        || owner.IsGone(holder)
        || !DateTimeOffset.TryParse(lease.Text("spec", "renewTime"), CultureInfo.InvariantCulture, out var renewed)
        || renewed + TimeSpan.FromSeconds(lease.Number("spec", "leaseDurationSeconds")) <= now;

    static string? Holder(JsonObject lease) => lease.Text("spec", "holderIdentity") is { Length: > 0 } holder ? holder : null;

    string Words(JsonObject lease) =>
        $"deployment/{deployment} is being changed by {Holder(lease)}, since {lease.Text("spec", "acquireTime")}";

    ReleaseException Busy(JsonObject lease) =>
        new(
            $"Another release is changing deployment/{deployment}.",
            $"namespace {api.Namespace}: {Words(lease)}.",
            $"Run the same command again when it is done. If that one is gone, kubectl --namespace {api.Namespace} delete lease {Name} ends its right."
        );

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
}
