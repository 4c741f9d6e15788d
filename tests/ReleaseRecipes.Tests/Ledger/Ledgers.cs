using System.Text.Json.Nodes;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Ledger;

/// <summary>Short ways to ledgers and events, for tests.</summary>
public static class Ledgers
{
    public static readonly TimeProvider Clock = TimeProvider.System;

    public static GitLedgerStore Store(GitRepository git) => new(git, new LedgerSettings());

    public static ReleaseLedger On(ILedgerStore store, string actor = "Ada <ada@example.com>", TimeProvider? clock = null) =>
        new(store, clock ?? Clock, actor, Secrets.None);

    public static NewEvent Planned(string version) =>
        new(version, EventKinds.Planned, new JsonObject { ["commit"] = "c" + version, ["plan"] = "p" + version });

    public static NewEvent Step(string version, string step) =>
        new(version, EventKinds.Step, new JsonObject { ["step"] = step, ["result"] = "done" });

    public static NewEvent About(string version, string kind, string environment, params (string Name, JsonNode? Value)[] more)
    {
        var data = new JsonObject { ["environment"] = environment };
        foreach (var (name, value) in more)
        {
            data[name] = value;
        }

        return new NewEvent(version, kind, data);
    }
}
