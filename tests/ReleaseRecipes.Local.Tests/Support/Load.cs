namespace ReleaseRecipes.Local.Tests.Support;

/// <summary>Users who keep asking, so many times a second, until they are told to stop.</summary>
sealed class Load : IAsyncDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(1) };
    readonly List<string> problems = [];
    readonly Task running;
    int answers;
    int underWay;

    public Load(Uri url, int aSecond) => running = RunAsync(url, aSecond);

    public int Answers => Volatile.Read(ref answers);

    public int Failures
    {
        get
        {
            lock (problems)
            {
                return problems.Count;
            }
        }
    }

    public string Problems
    {
        get
        {
            lock (problems)
            {
                return string.Join('\n', problems.Take(5));
            }
        }
    }

    /// <summary>Waits until so many more requests were answered.</summary>
    public async Task MoreAsync(int number)
    {
        var enough = Answers + number;
        await Machine.UntilAsync(() => Task.FromResult(Answers + Failures >= enough), $"{number} more requests were answered");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        await Machine.UntilAsync(() => Task.FromResult(Volatile.Read(ref underWay) == 0), "all requests have come to an end");
        http.Dispose();
        stop.Dispose();
    }

    async Task RunAsync(Uri url, int aSecond)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var due = 0.0;
        while (!stop.IsCancellationRequested)
        {
            await ticks.WaitForNextTickAsync(CancellationToken.None);
            for (due += aSecond / 100.0; due >= 1; due--)
            {
                _ = AskAsync(url);
            }
        }
    }

    async Task AskAsync(Uri url)
    {
        Interlocked.Increment(ref underWay);
        try
        {
            using var answer = await http.GetAsync(url);
            answer.EnsureSuccessStatusCode();
            Interlocked.Increment(ref answers);
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            lock (problems)
            {
                problems.Add(problem.ToString());
            }
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }
}
