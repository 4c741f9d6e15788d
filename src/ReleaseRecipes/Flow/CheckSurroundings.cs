using System.Text.Json.Nodes;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Git;
using ReleaseRecipes.Output;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Flow;

/// <summary>Looks at tools, person, remote and places: what is there, what is missing, what to do.</summary>
public sealed class CheckSurroundings(ReleaseSession release)
{
    readonly JsonArray checks = [];
    bool allThere = true;

    /// <summary>Prints one line a check. Something that the release cannot do without makes the target fail.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        release.Terminal.Heading("Tools");
        await ToolAsync("git", ["--version"], "Install git.", cancel);
        await ToolAsync("dotnet", ["--version"], "Install the .NET SDK 10.", cancel);
        release.Terminal.Heading("Repository");
        Check(
            "committer",
            release.Identity.ToString(),
            release.Identity.Configured,
            "git knows no user: set user.name and user.email, or the name of the account is taken.",
            needed: false
        );
        var remote = await Remotes.DefaultAsync(release.Git);
        Check("remote", remote ?? "none", remote is not null, "Nothing can be pushed: git remote add origin ADDRESS.", needed: false);
        Check(
            "strategy",
            release.Strategy.Path ?? "defaults",
            release.Strategy.Path is not null,
            $"Write one: {release.Options.CommandFor("Init")}",
            needed: false
        );
        release.Terminal.Heading("Release");
        foreach (var gate in GatePlan.For(release.Strategy.QualityGates, release.Git.Root, release.Parts.Gates).Gates)
        {
            Check(
                gate.Name,
                gate.Command ?? gate.Why,
                gate.Command is not null || gate.Custom is not null,
                gate.Advice ?? "",
                gate.Required
            );
        }

        foreach (var environment in release.Strategy.Environments)
        {
            var missing = await new Missing(release).OfThePlaceAsync(environment, cancel);
            Check(
                environment.Name,
                $"{environment.Type}, {environment.Provider}",
                missing.Count == 0,
                string.Join(' ', missing),
                needed: true
            );
            if (missing.Count == 0)
            {
                await AdviseAsync(environment, cancel);
            }
        }

        release.Json.Say(new JsonObject { ["ok"] = allThere, ["checks"] = checks });
        if (!allThere)
        {
            throw new ReleaseException(
                "Something is missing that a release cannot do without.",
                todo: "It is marked above, with what to do."
            );
        }
    }

    async Task AdviseAsync(EnvironmentSettings environment, CancellationToken cancel)
    {
        var advice = await release.Parts.TargetOf(environment).AdviseAsync(release.PlaceOf(environment, fence: 0), cancel);
        foreach (var line in advice)
        {
            release.Terminal.Line($"           {line}", Tone.Quiet);
        }

        checks[^1]!["advice"] = string.Join('\n', advice);
    }

    async Task ToolAsync(string tool, string[] arguments, string todo, CancellationToken cancel)
    {
        try
        {
            var result = await ProgramRunner.RunAsync(
                new ProgramCall(tool, arguments) { WorkingDirectory = release.Git.Root, Timeout = TimeSpan.FromSeconds(30) },
                cancel
            );
            Check(tool, result.Output.Trim(), result.Succeeded, todo, needed: true);
        }
        catch (ReleaseException)
        {
            Check(tool, "not found", good: false, todo, needed: true);
        }
    }

    void Check(string name, string found, bool good, string todo, bool needed)
    {
        allThere &= good || !needed;
        var tone =
            good ? Tone.Plain
            : needed ? Tone.Bad
            : Tone.Warning;
        release.Terminal.Line($"  {(good ? "ok     " : needed ? "missing" : "none   ")}  {name, -20} {found}", tone);
        if (!good && todo.Length > 0)
        {
            release.Terminal.Line($"           {todo}", Tone.Quiet);
        }

        checks.Add(
            new JsonObject
            {
                ["name"] = name,
                ["ok"] = good,
                ["needed"] = needed,
                ["found"] = found,
                ["todo"] = good ? null : todo,
            }
        );
    }
}
