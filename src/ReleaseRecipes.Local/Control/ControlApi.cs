using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Local.Control;

/// <summary>The commands over HTTP, on a port of their own.</summary>
/// <param name="end">Ends the gateway; true: leaving the instances running.</param>
sealed class ControlApi(Door door, Commands commands, Func<GatewayStatus> status, Action<bool> end)
{
    public async Task ServeAsync(HttpContext context)
    {
        if (door.Refusal(context.Request) is { } refusal)
        {
            context.Response.StatusCode = refusal;
            return;
        }

        try
        {
            await AnswerAsync(context);
        }
        catch (ReleaseException problem)
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            await WriteAsync(context, Refused(problem), LocalJson.Default.Refusal);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            context.Response.StatusCode = StatusCodes.Status507InsufficientStorage;
            await WriteAsync(context, Refused(NotWritten(problem)), LocalJson.Default.Refusal);
        }
        catch (JsonException problem)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await WriteAsync(
                context,
                new Refusal("The gateway did not understand the command: " + problem.Message, null, null),
                LocalJson.Default.Refusal
            );
        }
    }

    async Task AnswerAsync(HttpContext context)
    {
        var cancel = context.RequestAborted;
        var fence = Number(context.Request.Headers["X-Release-Fence"]);
        switch (context.Request.Method + " " + context.Request.Path)
        {
            case "GET /state":
                await WriteAsync(context, status(), LocalJson.Default.GatewayStatus);
                break;
            case "GET /measure":
                await WriteAsync(
                    context,
                    commands.Measure(Number(context.Request.Query["from"]), Number(context.Request.Query["to"])),
                    LocalJson.Default.ListVersionMeasured
                );
                break;
            case "POST /install":
                await InstallAsync(context, fence);
                break;
            case "POST /shift":
                var shift = await ReadAsync(context, LocalJson.Default.ShiftCommand);
                await commands.OwnedAsync(fence, () => Task.FromResult(commands.Shift(shift)), cancel);
                break;
            case "POST /retire":
                var retire = await ReadAsync(context, LocalJson.Default.RetireCommand);
                await commands.OwnedAsync(fence, () => commands.RetireAsync(retire), cancel);
                break;
            case "POST /down":
                await commands.DownAsync();
                end(false);
                break;
            case "POST /handover":
                end(true);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    /// <summary>Tells line by line how it goes; the last line says how it ended.</summary>
    async Task InstallAsync(HttpContext context, long fence)
    {
        var command = await ReadAsync(context, LocalJson.Default.InstallCommand);
        var news = Channel.CreateUnbounded<InstallNews>();
        var work = Task.Run(async () =>
        {
            try
            {
                await commands.OwnedAsync(
                    fence,
                    () =>
                        commands.InstallAsync(
                            command,
                            line => news.Writer.TryWrite(new InstallNews(line, null, false)),
                            context.RequestAborted
                        ),
                    context.RequestAborted
                );
                news.Writer.TryWrite(new InstallNews(null, null, true));
            }
            catch (ReleaseException problem)
            {
                news.Writer.TryWrite(new InstallNews(null, Refused(problem), true));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                news.Writer.TryWrite(new InstallNews(null, Refused(NotWritten(problem)), true));
            }
            catch (OperationCanceledException)
            {
                // Whoever asked is gone.
            }
            finally
            {
                news.Writer.Complete();
            }
        });
        await foreach (var line in news.Reader.ReadAllAsync())
        {
            await WriteAsync(context, line, LocalJson.Default.InstallNews);
            await context.Response.WriteAsync("\n");
        }

        await work;
    }

    static ReleaseException NotWritten(Exception problem) =>
        new(
            "The gateway could not write down what it was told, and did nothing.",
            problem.Message,
            "See whether the disk is full, and run the same command again."
        );

    static Refusal Refused(ReleaseException problem) => new(problem.What, problem.Where, problem.Todo);

    static long Number(string? text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type) =>
        await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted) ?? throw new JsonException("it is empty");

    static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type) =>
        context.Response.WriteAsync(JsonSerializer.Serialize(value, type));
}
