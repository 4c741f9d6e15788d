namespace ReleaseRecipes.Tests.Support;

/// <summary>People who use an environment all the time, and what they get to see.</summary>
public sealed class Users : IDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly HttpClient http = new();
    readonly Task[] people;
    int good;
    int bad;

    /// <summary>Sends requests one after the other, by some people side by side.</summary>
    public Users(string url, int howMany = 4) => people = [.. Enumerable.Range(0, howMany).Select(_ => Task.Run(() => UseAsync(url)))];

    public int Good => good;

    public int Bad => bad;

    async Task UseAsync(string url)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await http.GetAsync(url, stop.Token);
                Interlocked.Increment(ref answer.IsSuccessStatusCode ? ref good : ref bad);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref bad);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            // Enough requests for evidence at a weight of ten percent, and no load test.
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(20), stop.Token));
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        Task.WaitAll(people, TimeSpan.FromSeconds(10));
        http.Dispose();
        stop.Dispose();
    }
}
