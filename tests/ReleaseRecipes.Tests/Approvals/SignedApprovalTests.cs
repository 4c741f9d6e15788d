using ReleaseRecipes.Approvals;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Strategy.Reading;
using ReleaseRecipes.Tests.Ledger;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Approvals;

public sealed class SignedApprovalTests : IDisposable
{
    static readonly ApprovalSubject Subject = new("1.0.0", "c1", "d1", "p1", "production");
    static readonly ApprovalSettings Rules = new()
    {
        Required = true,
        Signed = true,
        Minimum = 2,
        Approvers = ["alice", "bob", "carol"],
    };

    readonly TemporaryRepository repository = new();
    readonly TemporaryFolder keys = new();
    readonly MemoryLedgerStore store = new();

    public void Dispose()
    {
        if (Directory.Exists(keys["gnupg"]))
        {
            Run("gpgconf", "--homedir", keys["gnupg"], "--kill", "gpg-agent");
        }

        keys.Dispose();
        repository.Dispose();
    }

    [SetUp]
    public async Task Start()
    {
        Needs.Program("ssh-keygen");
        repository.Files.Write(".github/allowed_signers", $"# who may\nalice@example.com {Key("alice")}\nbob@example.com {Key("bob")}\n");
        repository.Commit("chore: signers");
        await Ledgers.On(store).AppendAsync(Ledgers.Planned("1.0.0"));
    }

    [Test]
    public async Task Approvals_signed_by_two_allowed_people_are_enough()
    {
        await (await DeskAsync("alice")).GiveAsync(Subject, Rules);

        var standing = await (await DeskAsync("bob")).GiveAsync(Subject, Rules);

        Assert.That(standing, Has.Property("Satisfied").True.And.Property("Problems").Empty);
        Assert.That(
            standing.Present.Select(approval => approval.Approver),
            Is.EqualTo(new[] { "alice <alice@example.com>", "bob <bob@example.com>" })
        );
    }

    [Test]
    public async Task A_key_that_is_not_allowed_is_refused_before_anything_is_recorded()
    {
        Key("mallory");
        var desk = await DeskAsync("mallory");

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => desk.GiveAsync(Subject, Rules)))!;

        Assert.That(problem.What, Does.Contain("not among the allowed signers"));
        Assert.That(store.Events, Has.None.Property("Kind").EqualTo(EventKinds.Approved));
    }

    [Test]
    public async Task A_key_that_the_release_itself_adds_does_not_count()
    {
        Key("mallory");
        repository.Git("checkout", "-q", "-b", "feature/evil");
        repository.Files.Write(".github/allowed_signers", $"alice@example.com {Public("mallory")}\n");
        repository.Commit("feat: nothing to see");
        var desk = await DeskAsync("mallory");

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => desk.GiveAsync(Subject, Rules)))!;

        Assert.That(problem.What, Does.Contain("not among the allowed signers"));
    }

    static IEnumerable<ApprovalSubject> Others =>
        [
            Subject with
            {
                Version = "1.0.1",
            },
            Subject with
            {
                Commit = "c2",
            },
            Subject with
            {
                Digest = "d2",
            },
            Subject with
            {
                Plan = "p2",
            },
            Subject with
            {
                Environment = "staging",
            },
        ];

    [TestCaseSource(nameof(Others))]
    public async Task A_signature_is_bound_to_version_commit_artefacts_plan_and_environment(ApprovalSubject other)
    {
        var desk = await DeskAsync("alice");
        await desk.GiveAsync(Subject, Rules);
        var forged = Approval.Of(store.Events[^1])! with { Subject = other };
        await Ledgers.On(store).AppendAsync(forged.ToEvent());

        var standing = await desk.StandingAsync(other, Rules);

        Assert.That(standing.Present, Is.Empty);
        Assert.That(standing.Problems, Has.Some.Contain("its signature is not for this approval"));
    }

    [Test]
    public async Task A_revocation_is_signed_and_is_no_approval()
    {
        var desk = await DeskAsync("alice");
        await desk.GiveAsync(Subject, Rules);

        var standing = await desk.RevokeAsync(Subject, Rules, "found a leak");

        var revocation = Revocation.Of(store.Events[^1])!;
        var forged = new Approval(revocation.Approver, Subject, "signed", revocation.At) { Signature = revocation.Signature };
        await Ledgers.On(store).AppendAsync(forged.ToEvent());
        Assert.That(revocation.Signature, Does.StartWith("-----BEGIN SSH SIGNATURE-----"));
        Assert.That(standing.Present, Is.Empty);
        Assert.That((await desk.StandingAsync(Subject, Rules)).Present, Is.Empty);
    }

    [Test]
    public async Task A_key_that_ran_out_does_not_count_any_more()
    {
        repository.Files.Write(".github/allowed_signers", $"alice@example.com valid-before=\"20200101\" {Public("alice")}\n");
        repository.Commit("chore: alice has left");
        var desk = await DeskAsync("alice");

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => desk.GiveAsync(Subject, Rules)))!;

        Assert.That(problem.What, Does.Contain("not among the allowed signers (.github/allowed_signers on main)"));
    }

    [Test]
    public async Task Fewer_signers_than_approvals_are_a_gap_that_is_told_before()
    {
        var production = new EnvironmentSettings("production") { Approvals = Rules with { Minimum = 3 } };
        var git = await repository.OpenAsync();

        var gap = await new RulesInForce(git, new BaseBranch("main", "refs/heads/main", null)).GapAsync(production);

        Assert.That(
            gap,
            Is.EqualTo(
                "production: 3 signed approvals are asked for, and .github/allowed_signers on main names only 2 who may give one: add the approvers' public keys there."
            )
        );
    }

    [Test]
    public async Task A_signature_on_a_commit_is_no_approval()
    {
        var desk = await DeskAsync("alice");
        var approval = new Approval("alice <alice@example.com>", Subject, "signed", DateTimeOffset.UnixEpoch);
        var file = keys.Write("payload", approval.Payload);
        Run("ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", keys["alice"], file);
        await Ledgers.On(store).AppendAsync((approval with { Signature = await File.ReadAllTextAsync(file + ".sig") }).ToEvent());

        Assert.That((await desk.StandingAsync(Subject, Rules)).Present, Is.Empty);
    }

    [Test]
    public async Task Without_a_signing_key_git_is_told_how_to_get_one()
    {
        var desk = await DeskAsync("nobody", key: null);

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => desk.GiveAsync(Subject, Rules)))!;

        Assert.That(problem.Todo, Does.Contain("user.signingKey"));
    }

    [Test]
    public async Task An_OpenPGP_signature_counts_by_its_fingerprint()
    {
        Needs.Program("gpg");
        var home = keys["gnupg"];
        Directory.CreateDirectory(home);
        Run("chmod", "700", home);
        var program = keys.Write("gpg.sh", $"#!/bin/sh\nexec gpg --homedir '{home}' \"$@\"\n");
        Run("chmod", "700", program);
        Run(
            "gpg",
            "--homedir",
            home,
            "--batch",
            "--passphrase",
            "",
            "--quick-generate-key",
            "Carol <carol@example.com>",
            "ed25519",
            "sign",
            "never"
        );
        var listing = Run("gpg", "--homedir", home, "--batch", "--with-colons", "--list-keys");
        var fingerprint = listing.Split('\n').First(line => line.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9];
        repository.Files.Write(".github/allowed_signers", $"carol@example.com openpgp {fingerprint}\n");
        repository.Commit("chore: carol");
        repository.Git("config", "gpg.program", program);
        var desk = await DeskAsync("carol", fingerprint, format: "openpgp");

        var standing = await desk.GiveAsync(Subject, Rules with { Minimum = 1 });

        Assert.That(standing.Satisfied, Is.True, string.Join('\n', standing.Problems));
    }

    Task<ApprovalDesk> DeskAsync(string who) => DeskAsync(who, keys[who]);

    async Task<ApprovalDesk> DeskAsync(string who, string? key, string format = "ssh")
    {
        repository.Git("config", "gpg.format", format);
        repository.Git("config", "user.signingKey", key ?? "");
        var git = await repository.OpenAsync();
        var ledger = Ledgers.On(store, $"{who} <{who}@example.com>");
        var based = await BaseBranch.FindAsync(git, new ReleaseStrategy(), KnownNames.BuiltIn, refresh: false);
        return new ApprovalDesk(ledger, new Signatures(git), new RulesInForce(git, based).SignersAsync);
    }

    string Key(string who)
    {
        Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", who, "-f", keys[who]);
        return Public(who);
    }

    string Public(string who) => string.Join(' ', File.ReadAllText(keys[who] + ".pub").Split(' ').Take(2));

    static string Run(string program, params string[] arguments)
    {
        var result = ProgramRunner.RunAsync(new ProgramCall(program, arguments)).GetAwaiter().GetResult();
        return result.Succeeded ? result.Output : throw new InvalidOperationException($"{program}: {result.Error}");
    }
}
