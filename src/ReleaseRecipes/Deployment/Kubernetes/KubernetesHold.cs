namespace ReleaseRecipes.Deployment;

/// <summary>Takes the leases of a target's Deployments, always in the same order, and renews them until they are given free.</summary>
sealed class KubernetesHold(IEnumerable<KubernetesLease> leases)
{
    readonly List<KubernetesLease> held = [];

    /// <exception cref="ReleaseException">Another writer has one of them.</exception>
    public async Task<PlaceHold> TakeAsync(IProgress<string> progress, CancellationToken cancel)
    {
        try
        {
            foreach (var lease in leases)
            {
                await lease.TakeAsync(progress, cancel);
                held.Add(lease);
            }
        }
        catch
        {
            await EndAsync();
            throw;
        }

        var stop = new CancellationTokenSource();
        var keeping = Task.CompletedTask;
        var hold = new PlaceHold(async () =>
        {
            await stop.CancelAsync();
            await keeping;
            await EndAsync();
            stop.Dispose();
        });
        keeping = KeepAsync(hold, stop.Token);
        return hold;
    }

    async Task KeepAsync(PlaceHold hold, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await Task.Delay(held[0].Pace, stop);
                foreach (var lease in held)
                {
                    if (await lease.RenewAsync(stop) is { } lost)
                    {
                        hold.Lose(lost);
                        return;
                    }
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ReleaseException)
            {
                // The cluster does not answer; nobody else can take it meanwhile, and whoever is first afterwards has it.
            }
        }
    }

    async Task EndAsync()
    {
        foreach (var lease in held)
        {
            await lease.EndAsync();
        }

        held.Clear();
    }
}
