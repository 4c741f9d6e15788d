using System.Threading.Channels;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Says when to look at an object again: when the server tells of a change of it. Who may not watch it, or loses the connection, looks at a steady pace.
/// </summary>
sealed class ObjectChanges : IAsyncDisposable
{
    // A change seldom comes alone.
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(400);

    // Why pods do not start is told of the pods, not of what is watched.
    static readonly TimeSpan PaceOfTheWatched = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    readonly Channel<bool> told = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly CancellationTokenSource stop = new();
    readonly Task following;
    volatile bool isTold;

    public ObjectChanges(KubernetesApi api, KubernetesResource kind, string name) => following = FollowAsync(api, kind, name);

    /// <summary>Waits for a change since the last time, for a moment at least, and not for long.</summary>
    public async Task NextAsync(CancellationToken cancel)
    {
        await Task.Delay(Breath, cancel);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(isTold ? PaceOfTheWatched : Pace);
        try
        {
            await told.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Time to look, whatever was told.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await following;
        stop.Dispose();
    }

    async Task FollowAsync(KubernetesApi api, KubernetesResource kind, string name)
    {
        try
        {
            while (await ListenAsync(api, kind, name))
            {
                await Task.Delay(Pause, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // What was waited for is so.
        }
    }

    /// <summary>Until the connection ends. False where it is of no use to try again.</summary>
    async Task<bool> ListenAsync(KubernetesApi api, KubernetesResource kind, string name)
    {
        try
        {
            using var answer = await api.WatchAsync(kind, name, stop.Token);
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(stop.Token));
            isTold = answer.IsSuccessStatusCode;
            while (isTold && await lines.ReadLineAsync(stop.Token) is not null)
            {
                told.Writer.TryWrite(true);
            }

            return answer.StatusCode is not (System.Net.HttpStatusCode.Unauthorized or System.Net.HttpStatusCode.Forbidden);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or ReleaseException)
        {
            // Whoever looks meets it too, and says what it is.
            return true;
        }
        finally
        {
            isTold = false;
        }
    }
}
