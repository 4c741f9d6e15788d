using System.Reflection;
using System.Text.Json.Nodes;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Tests.Support;

/// <summary>A repository with a bare remote and a real service that it deploys to staging and production on this machine.</summary>
public sealed class ReleasedService : IAsyncDisposable
{
    readonly TemporaryFolder remote = new();

    /// <param name="strategy">The strategy file; staging blue-green and production canary where null.</param>
    public ReleasedService(string? strategy = null)
    {
        Repository.Git("init", "-q", "--bare", "-b", "main", remote.Path);
        Repository.Git("remote", "add", "origin", remote.Path);
        Repository.Files.Write("release-strategy.yml", strategy ?? Strategy);
        Behave("");
        Repository.Commit("feat: the service");
        Repository.Git("push", "-q", "origin", "main");
    }

    public TemporaryRepository Repository { get; } = new();

    public string Remote => remote.Path;

    /// <summary>The test application's program.</summary>
    public static string App { get; } =
        Path.Combine(
            typeof(ReleasedService).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "TestApp").Value!,
            "ReleaseRecipes.Local.TestApp.dll"
        );

    static string Strategy =>
        $$"""
            release_strategy:
              application:
                name: service
                artifacts: ["app/**"]
                start: "exec dotnet {{App}} $(cat app/behaviour)"
                health_path: /healthz
              changelog: { file: CHANGELOG.md }
              quality_gates:
                - { name: smoke, required: true, command: "test -f app/behaviour" }
              deployment_strategy:
                staging:
                  type: blue_green
                  interval: 200ms
                  measurements: 1
                  min_requests: 1
                  rollback_threshold: "error_rate > 50%"
                production:
                  type: canary
                  approval_required: true
                  canary_percentage: [10, 50, 100]
                  interval: 2s
                  measurements: 1
                  min_requests: 20
                  rollback_threshold: "error_rate > 1% OR response_time > 2s"
            """;

    /// <summary>How the next version behaves: the arguments of the test application.</summary>
    public void Behave(string arguments) => Repository.Files.Write("app/behaviour", arguments + "\n");

    public Task<ProgramResult> ReleaseAsync() => RunAsync("--target=Release", "--approve=production", "--push");

    /// <summary>What the build finds in its environment beside the usual.</summary>
    public Dictionary<string, string?> Variables { get; } = [];

    public Task<ProgramResult> RunAsync(params string[] arguments)
    {
        var call = Recipe.Call(Repository.Root, arguments);
        return ProgramRunner.RunAsync(call with { Environment = call.Environment.Concat(Variables).ToDictionary() });
    }

    /// <summary>A document that the recipe prints.</summary>
    public async Task<JsonObject> AskAsync(string target)
    {
        var result = await RunAsync($"--target={target}", "--json=-");
        return JsonNode.Parse(result.Output)?.AsObject() ?? throw new InvalidOperationException(result.Error);
    }

    /// <summary>Where an environment stands.</summary>
    public async Task<JsonNode> EnvironmentAsync(string name) =>
        (await AskAsync("Status"))["environments"]!.AsArray().Single(environment => environment!["name"]!.GetValue<string>() == name)!;

    public async ValueTask DisposeAsync()
    {
        await RunAsync("--target=Down");
        Repository.Dispose();
        remote.Dispose();
    }
}
