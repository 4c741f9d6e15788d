var app = WebApplication.Create(args);
app.MapGet("/", () => $"Hello from {Environment.GetEnvironmentVariable("RELEASE_VERSION")}");
app.MapGet("/healthz", () => "ok");
if (Environment.GetEnvironmentVariable("PORT") is { } port)
{
    app.Urls.Add($"http://127.0.0.1:{port}");
}

app.Run();
