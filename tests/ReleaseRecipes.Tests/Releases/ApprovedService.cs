using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>A remote with a repository whose production takes the signed approvals of two people, and people with clones and keys of their own.</summary>
public sealed class ApprovedService : IDisposable
{
    readonly TemporaryFolder people = new();
    readonly BareRemote remote = new();

    public ApprovedService(string approvals = "minimum: 2, approvers: [alice, bob, carol], via: signed, allow_override: true")
    {
        Lead = new Releaser(remote.Clone(), "lead", people);
        var keys = new[] { "alice", "bob", "carol" }.Select(who => $"{who}@example.com {Releaser.NewKey(people, who)}\n");
        Lead.Write(".github/allowed_signers", string.Concat(keys));
        Lead.Write("release-strategy.yml", Strategy(approvals));
        Lead.Write("app/run", "one\n");
        Lead.Commit("feat: the service");
        Lead.Git("push", "-q", "origin", "HEAD:main");
    }

    /// <summary>Who releases.</summary>
    public Releaser Lead { get; }

    /// <summary>The file that production's deployment writes.</summary>
    public string Deployed => people["deployed"];

    /// <summary>Somebody with a fresh clone, who signs with a key of their own name.</summary>
    public Releaser Person(string who) => new(remote.Clone(), who, people);

    public string Strategy(string approvals) =>
        $$"""
            release_strategy:
              application: { name: service, artifacts: ["app/**"] }
              quality_gates: []
              deployment_strategy:
                production:
                  type: recreate
                  provider: command
                  interval: 1ms
                  measurements: 1
                  approval_required: true
                  approvals: { {{approvals}} }
                  command: { deploy: "echo $RELEASE_VERSION >> {{Deployed}}" }
            """;

    public Task<ProgramResult> ReleaseAsync(params string[] more) => Lead.RunAsync(["--target=Release", "--push", .. more]);

    public void Dispose()
    {
        people.Dispose();
        remote.Dispose();
    }
}

/// <summary>One person's clone.</summary>
public sealed class Releaser
{
    readonly string folder;

    public Releaser(string folder, string who, TemporaryFolder keys)
    {
        this.folder = folder;
        Git("config", "user.name", who);
        Git("config", "user.email", $"{who}@example.com");
        Git("config", "gpg.format", "ssh");
        Git("config", "user.signingKey", keys[who]);
    }

    public string Folder => folder;

    public string Git(params string[] arguments) => BareRemote.Run(folder, arguments);

    public void Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Commit(string message)
    {
        Git("add", "-A");
        Git("commit", "-q", "-m", message);
    }

    public Task<ProgramResult> RunAsync(params string[] arguments) => Recipe.RunAsync(folder, arguments);

    public Task<ProgramResult> ApproveAsync(params string[] more) =>
        RunAsync(["--target=Approve", "--environment=production", "--push", .. more]);

    /// <summary>Makes a key pair, and returns the public half as it stands among allowed signers.</summary>
    public static string NewKey(TemporaryFolder keys, string who)
    {
        var made = ProgramRunner.RunAsync(new ProgramCall("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", who, "-f", keys[who]));
        return made.GetAwaiter().GetResult().Succeeded
            ? string.Join(' ', File.ReadAllText(keys[who] + ".pub").Split(' ').Take(2))
            : throw new InvalidOperationException(made.Result.Error);
    }
}
