using System.Text.Json.Nodes;
using ReleaseRecipes.Components;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Components;

/// <summary>A repository of three components: core, web which depends on it, and docs; each released once.</summary>
public sealed class Monorepo : IDisposable
{
    public const string Text = """
        release_strategy:
          application: { name: shop }
          components:
            - name: web
              path: packages/web
              files: [packages/web/package.json]
              changelog: packages/web/CHANGELOG.md
              depends_on: [core]
            - name: core
              path: [packages/core, shared]
              files: [packages/core/VERSION]
              changelog: packages/core/CHANGELOG.md
            - name: docs
              path: docs
              changelog: docs/CHANGELOG.md
          quality_gates: [ { name: smoke, required: true, command: "echo ran >> $(git rev-parse --git-dir)/gates" } ]

        """;

    public Monorepo(string strategy = Text)
    {
        Repository.Files.Write("release-strategy.yml", strategy);
        Repository.Files.Write("packages/web/package.json", "{ \"name\": \"web\", \"version\": \"2.0.0\" }\n");
        Repository.Files.Write("packages/core/VERSION", "1.0.0\n");
        Change("feat: begin", "packages/core/a", "packages/web/a", "docs/a");
        Array.ForEach(["core/v1.0.0", "web/v2.0.0", "docs/v0.1.0"], Repository.Tag);
    }

    public TemporaryRepository Repository { get; } = new();

    /// <summary>Changes some files and commits them.</summary>
    public string Change(string message, params string[] files)
    {
        Array.ForEach(files, file => Repository.Files.Write(file, message));
        return Repository.Commit(message);
    }

    public async Task<VersionDecision> DecideAsync(VersionRequest? request = null, params string[] only)
    {
        var git = await Repository.OpenAsync();
        var strategy = await StrategyFile.ReadAsync(null, git.Root);
        return await new ComponentVersions(git, strategy).DecideAsync(request ?? new VersionRequest(), only);
    }

    /// <summary>What is decided, one line a component: <c>core 1.1.0 minor</c>, or <c>docs none</c>.</summary>
    public async Task<string[]> LinesAsync(VersionRequest? request = null, params string[] only) =>
        [
            .. (await DecideAsync(request, only)).Components.Select(one =>
                one.Decision.Nothing ? $"{one.Name} none" : $"{one.Name} {one.Decision.Version} {one.Decision.Bump}"
            ),
        ];

    /// <summary>Runs the whole recipe and expects it to succeed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var result = await Recipe.RunAsync(Repository.Root, arguments);
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        return result.Output;
    }

    /// <summary>Runs a target and returns its JSON document.</summary>
    public async Task<JsonObject> AskAsync(params string[] arguments) =>
        JsonNode.Parse(await RunAsync([.. arguments, "--json=-"]))!.AsObject();

    /// <summary>The tags that releases made, each with its commit.</summary>
    public string[] Tags => Repository.Git("tag", "--list", "--format=%(refname:short)").Split('\n');

    public void Dispose() => Repository.Dispose();
}
