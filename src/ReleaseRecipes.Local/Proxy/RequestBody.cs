using System.Buffers;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace ReleaseRecipes.Local.Proxy;

/// <summary>A request's body on its way through: passed on piece by piece as it comes, never held.</summary>
/// <param name="request">The user's request.</param>
/// <param name="alive">Called for every piece: something is going on.</param>
sealed class RequestBody(HttpRequest request, Action alive) : HttpContent
{
    /// <summary>Whether any of it was taken; what was taken cannot be sent a second time.</summary>
    public bool Begun { get; private set; }

    /// <summary>Whether the next piece has to come from the user: what goes wrong then is not the instance's doing.</summary>
    public bool IsUsersTurn { get; private set; }

    /// <summary>When the user had sent all of it; null before.</summary>
    public long? Sent { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancel)
    {
        Begun = true;
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await ReadAsync(buffer, cancel) is > 0 and var read)
            {
                alive();
                await stream.WriteAsync(buffer.AsMemory(0, read), cancel);
                await stream.FlushAsync(cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        Sent = Stopwatch.GetTimestamp();
    }

    async ValueTask<int> ReadAsync(byte[] buffer, CancellationToken cancel)
    {
        IsUsersTurn = true;
        var read = await request.Body.ReadAsync(buffer, cancel);
        IsUsersTurn = false;
        return read;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = request.ContentLength ?? 0;
        return request.ContentLength is not null;
    }
}
