using System.Text;
using ReleaseRecipes;
using ReleaseRecipes.Dashboard;
using ReleaseRecipes.Dashboard.Pages;
using ReleaseRecipes.Dashboard.Reading;
using ReleaseRecipes.Output;

// Shows the releases of the repository that RELEASE_REPOSITORY names, or that this is started in. Reads, and changes nothing.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddSingleton(
    new LedgerReading(builder.Configuration["RELEASE_REPOSITORY"] ?? Environment.CurrentDirectory, TimeProvider.System)
);
var app = builder.Build();
var version = PlainText.Line(app.Configuration["RELEASE_VERSION"] ?? "development");

app.Use(SecurityHeaders.AddAsync);
app.MapGet("/healthz", () => Results.Text($"ok {version}\n"));
app.MapGet("/dashboard.css", () => Results.Text(StyleSheet.Text, "text/css; charset=utf-8"));
app.MapGet("/favicon.ico", () => Results.NoContent());
app.MapGet(
    "/",
    async (LedgerReading ledger, CancellationToken cancel) =>
    {
        try
        {
            return Html(200, OverviewPage.Show(await ledger.ReadAsync(cancel), version));
        }
        catch (ReleaseException problem)
        {
            return Html(503, ProblemPage.Show(problem, version));
        }
    }
);
app.MapGet(
    "/api/releases",
    async (LedgerReading ledger, CancellationToken cancel) =>
    {
        try
        {
            return Json(200, OverviewJson.Of(await ledger.ReadAsync(cancel), version));
        }
        catch (ReleaseException problem)
        {
            return Json(503, OverviewJson.Of(problem));
        }
    }
);
await app.RunAsync();

static IResult Html(int status, Markup page) => Results.Text(page.ToString(), "text/html; charset=utf-8", Encoding.UTF8, status);

static IResult Json(int status, System.Text.Json.Nodes.JsonObject json) =>
    Results.Text(json.ToJsonString(), "application/json; charset=utf-8", Encoding.UTF8, status);
