using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ReleaseRecipes.Local.Metrics;

namespace ReleaseRecipes.Local.Proxy;

/// <summary>Passes an answer's body on as it comes: events one by one, large files without holding them, upgraded connections both ways.</summary>
sealed class AnswerBody(HttpContext context, HttpResponseMessage answer, RequestLog log)
{
    public async Task PassAsync()
    {
        if (answer.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            await BothWaysAsync();
            return;
        }

        await using var source = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        try
        {
            if (context.Response.ContentLength is null)
            {
                // A stream of events: its head goes out at once, however long the first event takes.
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            await CopyAsync(source, context.Response.Body, context.RequestAborted);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException or HttpIOException)
        {
            if (!context.RequestAborted.IsCancellationRequested)
            {
                log.Broke();
            }

            // The only honest end of half an answer is a broken connection.
            context.Abort();
        }
    }

    async Task BothWaysAsync()
    {
        await using var user = await context.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync();
        await using var instance = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var there = CopyAsync(user, instance, end.Token);
        var back = CopyAsync(instance, user, end.Token);
        await Task.WhenAny(there, back);
        // One side has said all; what the other had under way is through a moment later.
        await Task.WhenAny(Task.WhenAll(there, back), Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None));
        await end.CancelAsync();
        await Task.WhenAll(Quietly(there), Quietly(back));
    }

    static async Task CopyAsync(Stream from, Stream to, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, cancel)) > 0)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), cancel);
                await to.FlushAsync(cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or HttpRequestException or ObjectDisposedException)
        {
            // A connection that both sides have done with ends as it ends.
        }
    }
}
