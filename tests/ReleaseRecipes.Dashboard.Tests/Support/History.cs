using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using ReleaseRecipes.Dashboard.Reading;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Dashboard.Tests.Support;

/// <summary>A real repository with a real ledger, written an hour at a time.</summary>
sealed class History : IDisposable
{
    public const string Production = "production";

    public TemporaryRepository Repository { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 10, 9, 0, 0, TimeSpan.Zero));

    public string Actor { get; set; } = "Ada Lovelace <ada@example.com>";

    public async Task AppendAsync(string release, string kind, JsonObject data)
    {
        using var store = new GitLedgerStore(await Repository.OpenAsync(), new LedgerSettings());
        await new ReleaseLedger(store, Clock, Actor, Secrets.None).AppendAsync(new NewEvent(release, kind, data));
        Clock.Advance(TimeSpan.FromHours(1));
    }

    /// <summary>A release that came to production: planned at 0 h, traffic at 1 h, verified at 2 h, released at 3 h.</summary>
    public async Task ReleasedAsync(string version)
    {
        await PlannedAsync(version);
        await TrafficAsync(version);
        await AppendAsync(
            version,
            EventKinds.Verified,
            new()
            {
                ["environment"] = Production,
                ["url"] = "http://127.0.0.1:8080/",
                ["digest"] = "d",
            }
        );
        await AppendAsync(version, EventKinds.Released, new() { ["environments"] = new JsonArray(Production) });
    }

    public Task PlannedAsync(string version, string reason = "a feature") =>
        AppendAsync(
            version,
            EventKinds.Planned,
            new()
            {
                ["commit"] = Repository.Commit($"feat: {version}"),
                ["plan"] = "p",
                ["reason"] = reason,
            }
        );

    public Task TrafficAsync(string version) =>
        AppendAsync(
            version,
            EventKinds.Moved,
            new()
            {
                ["environment"] = Production,
                ["index"] = 1,
                ["weights"] = new JsonObject { [version] = 10 },
            }
        );

    public Task RolledBackAsync(string from, string to, string reason) =>
        AppendAsync(
            from,
            EventKinds.RolledBack,
            new()
            {
                ["environment"] = Production,
                ["from"] = from,
                ["to"] = to,
                ["reason"] = reason,
                ["restored"] = true,
            }
        );

    public async Task<Overview> ReadAsync()
    {
        using var reading = new LedgerReading(Repository.Root, Clock);
        return await reading.ReadAsync(CancellationToken.None);
    }

    public void Dispose() => Repository.Dispose();
}
