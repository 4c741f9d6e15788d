namespace ReleaseRecipes.Deployment;

/// <summary>A place that is kept from other writers while something is done there. Disposing gives it free.</summary>
public sealed class PlaceHold(Func<ValueTask> release) : IAsyncDisposable
{
    readonly CancellationTokenSource lost = new();

    /// <summary>The hold of a place that only the ledger's lease guards.</summary>
    public static PlaceHold OfNothing() => new(() => ValueTask.CompletedTask);

    /// <summary>Cancelled when another writer has the place.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Who has it now; null while it is held.</summary>
    public ReleaseException? Problem { get; private set; }

    /// <summary>Another writer has it: whatever is being done stops.</summary>
    public void Lose(ReleaseException problem)
    {
        Problem ??= problem;
        lost.Cancel();
    }

    /// <summary>Does something under the hold.</summary>
    /// <exception cref="ReleaseException">The place was lost meanwhile.</exception>
    public async Task<T> DoAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel, Lost);
        try
        {
            return await work(linked.Token);
        }
        catch (OperationCanceledException) when (Problem is not null && !cancel.IsCancellationRequested)
        {
            throw Problem;
        }
    }

    /// <summary>Gives the place free.</summary>
    public async ValueTask DisposeAsync()
    {
        await release();
        lost.Dispose();
    }
}
