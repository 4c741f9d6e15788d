using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>Whatever says a secret (commits, gates, builds, remotes, deployments), nothing that the recipe writes anywhere has it in any form.</summary>
[Category("Slow")]
public sealed class LeakTests : IDisposable
{
    const string Token = "p@ss/w+rd\"q\\uote$^.*[x](y)&<é>";
    const string Long = "ghp_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-and-a-tail";
    const string Quiet = "quietly-known";
    const string Key =
        "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n-----END PRIVATE KEY-----\n";
    const string RemotePassword = "hunter2-and-more";

    readonly TemporaryRepository repository = new();
    readonly TemporaryFolder outside = new();
    readonly StringBuilder written = new();

    public void Dispose()
    {
        repository.Dispose();
        outside.Dispose();
    }

    [Test]
    public async Task No_secret_is_in_anything_that_is_written()
    {
        var leaks = outside.Write("leaks.txt", string.Join('\n', Forms().Append(Key).Append(Wrapped(Long))) + "\n");
        repository.Files.Write("release-strategy.yml", Strategy(leaks, build: $"cat {leaks}; exit 1"));
        repository.Git("remote", "add", "origin", $"https://bot:{RemotePassword}@127.0.0.1:1/shop.git");
        repository.Commit($"feat: tells {Token} and {Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Quiet))}\n\n{Key}\n{Long}");

        var gated = await RunAsync("--target=Gates", "--no-push");
        var failing = await RunAsync("--target=Release", "--no-push");
        repository.Files.Write("release-strategy.yml", Strategy(leaks, build: $"cat {leaks}; echo done > app.txt"));
        repository.Commit($"fix: the build ({Uri.EscapeDataString(Token)})");
        var deploying = await RunAsync("--target=Release", "--no-push", "--approve=production", $"--reason=because of {Token}");
        var pushing = await RunAsync("--target=Release", "--push", "--json=-");
        await RunAsync("--target=Status", "--no-push", "--json=" + outside["status.json"]);
        await RunAsync("--target=Changelog", "--all", "--no-push", "--output=" + outside["ALL.md"]);
        await RunAsync("--target=Audit", "--no-push", "--output=" + outside["audit.txt"]);
        await RunAsync("--target=Audit", "--no-push", "--output=" + outside["audit.jsonl"]);

        Assert.That(gated.ExitCode, Is.Zero, gated.Output + gated.Error);
        Assert.That(failing.Output, Does.Contain("The build ended with exit code 1"));
        Assert.That(deploying.Output, Does.Contain("***").And.Contain("production"));
        Assert.That(pushing.ExitCode, Is.EqualTo(ExitCodes.Failed), pushing.Output + pushing.Error);
        CollectFiles();
        Assert.That(written.Length, Is.GreaterThan(20_000), "All of it is looked at.");
        var all = written.ToString();
        Assert.That(Secrets().Where(secret => all.Contains(secret, StringComparison.Ordinal)), Is.Empty);
    }

    static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every form, each on a line of its own, as a program might print it.</summary>
    static IEnumerable<string> Forms() =>
        new[] { Token, Long, Quiet, Key }.SelectMany(secret =>
            new[]
            {
                secret,
                Uri.EscapeDataString(secret),
                JsonSerializer.Serialize(secret),
                JsonSerializer.Serialize(secret, Relaxed),
                Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)),
            }.Concat(new[] { "", "u", "us" }.Select(before => Convert.ToBase64String(Encoding.UTF8.GetBytes(before + secret))))
        );

    static string Wrapped(string secret) =>
        string.Join('\n', Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + secret)).Chunk(76).Select(line => new string(line)));

    /// <summary>What must not be there: each secret in each form, without what depends on its neighbours.</summary>
    static IEnumerable<string> Secrets() =>
        Forms()
            .Select(form => form.Trim('"').Trim('='))
            .Concat(Key.Split('\n').Where(line => line.Length > 0 && !line.StartsWith('-')))
            .Append(RemotePassword)
            .Select(form => form.Length > 24 ? form[4..^4] : form)
            .Where(form => form.Length > 0);

    async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        var call = Recipe.Call(repository.Root, arguments);
        var result = await ProgramRunner.RunAsync(
            call with
            {
                Environment = new Dictionary<string, string?>(call.Environment)
                {
                    ["DEPLOY_TOKEN"] = Token,
                    ["GH_PAT"] = Long,
                    ["HOUSE"] = Quiet,
                    ["SIGNING_MATERIAL"] = Key,
                    ["SLACK_WEBHOOK_URL"] = "https://127.0.0.1:1/services/T0/B0/" + Quiet,
                },
            }
        );
        written.AppendLine(result.Output).AppendLine(result.Error);
        return result;
    }

    void CollectFiles()
    {
        written.AppendLine(repository.Git("log", "-p", "--format=fuller", "--decorate", "release-ledger"));
        written.AppendLine(repository.Git("for-each-ref", "--format=%(refname) %(contents)", "refs/tags"));
        string[] folders = [repository.Files["releases"], repository.Files[".git/release-recipes"]];
        var files = folders
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Append(repository.Files["CHANGELOG.md"])
            .Concat(new[] { "status.json", "ALL.md", "audit.txt", "audit.jsonl" }.Select(name => outside[name]));
        foreach (var file in files)
        {
            written.AppendLine(file).AppendLine(File.ReadAllText(file));
        }
    }

    static string Strategy(string leaks, string build) =>
        $$"""
            release_strategy:
              application: { name: shop, build: "{{build}}", artifacts: ["app.txt"] }
              changelog: { file: CHANGELOG.md }
              secrets: [HOUSE, SIGNING_MATERIAL]
              notifications: { channels: [slack] }
              quality_gates:
                - { name: talks, required: true, command: "cat {{leaks}}; dd if={{leaks}} bs=7 2>/dev/null; true" }
                - { name: fails, required: false, command: "cat {{leaks}} >&2; exit 3" }
              deployment_strategy:
                production:
                  type: recreate
                  provider: command
                  interval: 1ms
                  measurements: 1
                  approval_required: true
                  smoke_test: "cat {{leaks}}"
                  command: { deploy: "cat {{leaks}}; exit 1" }
            """;
}
