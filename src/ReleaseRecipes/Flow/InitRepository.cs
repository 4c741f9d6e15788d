using ReleaseRecipes.Output;

namespace ReleaseRecipes.Flow;

/// <summary>Writes what a repository lacks to use the recipe. What is there stays as it is.</summary>
public sealed class InitRepository(ReleaseSession release)
{
    /// <summary>Writes the files and says which.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        release.Terminal.Heading("Init");
        foreach (var (path, content) in Files())
        {
            await WriteAsync(path, content, cancel);
        }

        release.Terminal.Next("To see what a release would do", release.Options.CommandFor("Plan"));
    }

    Task WriteAsync(string path, string content, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var full = Path.Combine(release.Git.Root, path);
        if (File.Exists(full))
        {
            release.Terminal.Line($"  there    {path}", Tone.Quiet);
            return Task.CompletedTask;
        }

        AtomicFile.Write(full, content);
        release.Terminal.Line($"  written  {path}", Tone.Good);
        return Task.CompletedTask;
    }

    static IEnumerable<(string Path, string Content)> Files() =>
        [("release-strategy.yml", Strategy), (".github/workflows/release.yml", Workflow)];

    const string Strategy = """
        # How this repository is released. Every key: ./build.sh --target=Explain
        release_strategy:
          versioning:
            scheme: semantic
            tag_prefix: v
          branching_strategy:
            model: github_flow
            main_branch: main
          quality_gates:
            - name: build_validation
              required: true
            - name: unit_tests
              required: true
              threshold: "success_rate = 100%"

        """;

    const string Workflow = """
        name: Release
        on:
          push:
            branches: [main]
          workflow_dispatch:
        permissions:
          contents: write
        concurrency:
          group: release
          cancel-in-progress: false
        jobs:
          release:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
                with:
                  fetch-depth: 0
              - uses: actions/setup-dotnet@v4
                with:
                  dotnet-version: 10.0.x
              - run: ./build.sh --target=Release

        """;
}
