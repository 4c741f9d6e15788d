using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Tests.Support;

/// <summary>
/// A project with a bare remote that is deployed by one-line commands, so that a whole release of it costs little: a gate, a build, a changelog
/// commit, a tag, a push, staging and production. What was deployed where is a file of lines, one a deployment.
/// </summary>
public sealed class CommandProject : IDisposable
{
    readonly TemporaryFolder folder = new();
    int clones;

    public CommandProject(string environments = "production")
    {
        Git(folder.Path, "init", "-q", "--bare", "-b", "main", Remote);
        Git(Remote, "config", "receive.autogc", "false");
        Directory.CreateDirectory(World);
        First = Clone();
        File.WriteAllText(
            Path.Combine(First, "release-strategy.yml"),
            Strategy(environments.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        );
        File.WriteAllText(Path.Combine(First, "app.txt"), "one\n");
        Git(First, "add", "-A");
        Git(First, "commit", "-q", "-m", "feat: the first one");
        Git(First, "push", "-q", "origin", "main");
    }

    public string Remote => folder["remote.git"];

    /// <summary>Where environments are: one file each, the version that serves in its last line.</summary>
    public string World => folder["world"];

    /// <summary>The clone that the project was begun in.</summary>
    public string First { get; }

    /// <summary>What is deployed to an environment, oldest first.</summary>
    public string[] Deployed(string environment) =>
        File.Exists(Path.Combine(World, environment)) ? File.ReadAllLines(Path.Combine(World, environment)) : [];

    /// <summary>Another clone of the remote.</summary>
    public string Clone()
    {
        var path = folder[$"clone-{Interlocked.Increment(ref clones)}"];
        Git(folder.Path, "clone", "-q", Remote, path);
        foreach (var (name, value) in new[] { ("user.name", "Ada"), ("user.email", "ada@example.com"), ("commit.gpgSign", "false") })
        {
            Git(path, "config", name, value);
        }

        return path;
    }

    /// <summary>Runs git at a fixed time, so that two projects have the same commits.</summary>
    public static string Git(string folder, params string[] arguments)
    {
        var call = new ProgramCall("git", arguments) { WorkingDirectory = folder, Environment = Recipe.Surroundings };
        var result = ProgramRunner.RunAsync(call).GetAwaiter().GetResult();
        return result.Succeeded
            ? result.Output.TrimEnd('\n')
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {result.Error}");
    }

    /// <summary>A call of the recipe in a clone.</summary>
    public ProgramCall Call(string clone, params string[] arguments)
    {
        var call = Recipe.Call(clone, arguments);
        return call with { Environment = new Dictionary<string, string?>(call.Environment) { ["WORLD"] = World } };
    }

    /// <summary>The call that releases a clone.</summary>
    public ProgramCall Release(string clone) => Call(clone, "--target=Release", "--push");

    public Task<ProgramResult> ReleaseAsync(string clone) => ProgramRunner.RunAsync(Release(clone));

    static string Strategy(IEnumerable<string> environments) =>
        $$"""
            release_strategy:
              application: { name: shop, build: "mkdir -p dist && cp app.txt dist/", artifacts: ["dist/**"] }
              changelog: { file: CHANGELOG.md }
              quality_gates: [ { name: smoke, required: true, command: "test -f app.txt" } ]
            {{(environments.Any() ? "  deployment_strategy:" : "")}}
            {{string.Concat(environments.Select(Environment))}}
            """;

    static string Environment(string name) =>
        $$"""
                {{name}}:
                  type: recreate
                  provider: command
                  interval: 1ms
                  measurements: 1
                  command:
                    deploy: "echo $RELEASE_VERSION >> $WORLD/{{name}}"
                    status: "tail -n 1 $WORLD/{{name}} 2> /dev/null || true"

            """;

    public void Dispose() => folder.Dispose();
}
