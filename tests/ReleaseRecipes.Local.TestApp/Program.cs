using System.Globalization;
using System.Net.WebSockets;

// The application that the tests deploy. What it does wrong is told by its arguments: fail-every=10 slow=50 never-healthy crash-at-start crash-at=7
var ill = args.Select(argument => argument.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : "1");
var version = Environment.GetEnvironmentVariable("RELEASE_VERSION") ?? "none";
if (ill.ContainsKey("crash-at-start"))
{
    Console.Error.WriteLine("the database is not there");
    return 7;
}

if (ill.ContainsKey("raw"))
{
    return await RawApp.RunAsync(int.Parse(Environment.GetEnvironmentVariable("PORT")!, CultureInfo.InvariantCulture));
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:" + Environment.GetEnvironmentVariable("PORT"));
builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
var app = builder.Build();
var count = 0;
app.UseWebSockets();
var metrics = new AppMetrics(version);
app.Use(metrics.MeasureAsync);
app.MapGet("/metrics", metrics.Text);
AppMetrics.Announce();
app.MapGet("/healthz", () => ill.ContainsKey("never-healthy") ? Results.StatusCode(503) : Results.Ok("ok"));
app.MapGet(
    "/",
    async () =>
    {
        var number = Interlocked.Increment(ref count);
        if (ill.TryGetValue("slow", out var slow))
        {
            await Task.Delay(int.Parse(slow, CultureInfo.InvariantCulture));
        }

        if (ill.TryGetValue("crash-at", out var last) && number == int.Parse(last, CultureInfo.InvariantCulture))
        {
            Environment.Exit(3);
        }

        return ill.TryGetValue("fail-every", out var every) && number % int.Parse(every, CultureInfo.InvariantCulture) == 0
            ? Results.StatusCode(500)
            : Results.Text(version);
    }
);
var seen = 0;
app.Use(
    (context, next) =>
    {
        // What the gateway itself asks is no request of a user.
        _ = context.Request.Path == "/healthz" || context.Request.Path == "/seen" ? 0 : Interlocked.Increment(ref seen);
        return next(context);
    }
);
app.MapGet("/seen", () => seen);
app.MapPost("/refuse", () => Results.StatusCode(413));
app.MapGet("/status/{code:int}", (int code) => Results.StatusCode(code));
app.MapMethods("/head", ["HEAD"], (HttpContext context) => context.Response.ContentLength = 1234);
app.MapGet("/process", () => Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
app.MapGet("/variable/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "not set");
app.MapGet("/folder", () => Environment.CurrentDirectory);
app.MapGet(
    "/wait/{milliseconds:int}",
    async (int milliseconds) =>
    {
        await Task.Delay(milliseconds);
        return version;
    }
);
app.MapGet(
    "/path/{**rest}",
    (HttpContext context) => context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget
);
app.MapGet(
    "/headers",
    (HttpContext context) =>
    {
        context.Response.Headers.Append("X-Answer", "one");
        context.Response.Headers.Append("X-Answer", "two");
        context.Response.Headers.Connection = "X-Secret-Hop";
        context.Response.Headers["X-Secret-Hop"] = "only to the gateway";
        return string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"));
    }
);
app.MapPost(
    "/length",
    async (HttpContext context) =>
    {
        var (total, read, buffer) = (0L, 0, new byte[65536]);
        while ((read = await context.Request.Body.ReadAsync(buffer)) > 0)
        {
            total += read;
        }

        return total.ToString(CultureInfo.InvariantCulture);
    }
);
var first = "";
app.MapGet("/first", () => first);
app.MapPost(
    "/first",
    async (HttpContext context) =>
    {
        var (read, buffer) = (0, new byte[65536]);
        while ((read = await context.Request.Body.ReadAsync(buffer)) > 0)
        {
            first += System.Text.Encoding.ASCII.GetString(buffer, 0, read);
        }

        return first;
    }
);
app.MapPost("/echo", (HttpContext context) => context.Request.Body.CopyToAsync(context.Response.Body));
app.MapGet(
    "/bytes/{length:long}",
    async (long length, HttpContext context) =>
    {
        var piece = new byte[65536];
        for (var sent = 0L; sent < length; sent += piece.Length)
        {
            await context.Response.Body.WriteAsync(piece.AsMemory(0, (int)Math.Min(piece.Length, length - sent)));
        }
    }
);
app.MapGet(
    "/events/{number:int}",
    async (int number, HttpContext context) =>
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync();
        for (var i = 1; i <= number; i++)
        {
            // The next event only after the reader has shown that it got the one before.
            while (i > 1 && !File.Exists($"seen-{i - 1}"))
            {
                await Task.Delay(10, context.RequestAborted);
            }

            await context.Response.WriteAsync($"data: {i}\n\n");
            await context.Response.Body.FlushAsync();
        }
    }
);
app.MapGet(
    "/half",
    async (HttpContext context) =>
    {
        context.Response.ContentLength = 100;
        await context.Response.WriteAsync("half of it");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }
);
app.MapGet(
    "/socket",
    async (HttpContext context) =>
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[65536];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } message)
        {
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, context.RequestAborted);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
);
await app.RunAsync();
return 0;
