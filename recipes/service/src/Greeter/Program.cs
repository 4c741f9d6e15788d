var app = WebApplication.Create(args);
app.MapGet("/", () => $"Hello from {Environment.GetEnvironmentVariable("RELEASE_VERSION")}");
app.MapGet("/healthz", () => "ok");
app.Run($"http://127.0.0.1:{Environment.GetEnvironmentVariable("PORT") ?? "5000"}");
