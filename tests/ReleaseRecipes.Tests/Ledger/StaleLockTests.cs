using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tagging;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Ledger;

/// <summary>What a git process that was killed leaves behind: lock files that stop every later one.</summary>
public sealed class StaleLockTests : IDisposable
{
    readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [TestCase("index.lock")]
    [TestCase("HEAD.lock")]
    [TestCase("refs/heads/main.lock")]
    [TestCase("refs/tags/v1.0.0.lock")]
    public async Task A_release_goes_on_past_the_lock_of_a_killed_process(string name)
    {
        var parent = repository.Commit("feat: a");
        repository.Files.Write("CHANGELOG.md", "# Changelog\n");
        var stale = Leave(name);
        var git = await repository.OpenAsync();

        var outcome = await new StampCommit(git, "1.0.0", ["v1.0.0"], parent).Effect(["CHANGELOG.md"]).Act(CancellationToken.None);
        var commit = outcome["commit"]!.GetValue<string>();
        await new ReleaseTag(git, "1.0.0", "v1.0.0", commit).Effect("f00", NoLedger).Act(CancellationToken.None);

        Assert.That(repository.Git("rev-parse", "v1.0.0^{commit}"), Is.EqualTo(repository.Head));
        Assert.That(commit, Is.EqualTo(repository.Head));
        Assert.That(File.Exists(stale), Is.False);
    }

    [Test]
    public async Task A_shallow_clone_fetches_past_the_lock_of_a_killed_process()
    {
        using var remote = new BareRemote();
        var first = remote.Clone();
        BareRemote.Run(first, "commit", "-q", "--allow-empty", "-m", "feat: second");
        BareRemote.Run(first, "push", "-q", "origin", "HEAD:main");
        using var store = new GitLedgerStore(await GitRepository.OpenAsync(first), new LedgerSettings(), "origin");
        using var ledger = Ledgers.On(store);
        await ledger.AppendAsync(Ledgers.Planned("1.0.0"));
        using var shallow = new TemporaryFolder();
        BareRemote.Run(first, "clone", "-q", "--depth=1", "--single-branch", $"file://{remote.Path}", shallow.Path);
        Leave(Path.Combine(shallow.Path, ".git", "shallow.lock"));
        using var later = new GitLedgerStore(await GitRepository.OpenAsync(shallow.Path), new LedgerSettings(), "origin");

        await later.FetchAsync();

        Assert.That((await later.HeadAsync()).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_packed_refs_lock_stops_no_append()
    {
        using var store = new GitLedgerStore(await repository.OpenAsync(), new LedgerSettings());
        using var ledger = Ledgers.On(store);
        repository.Commit("feat: a");
        Leave("packed-refs.lock");

        await ledger.AppendAsync(Ledgers.Planned("1.0.0"));

        Assert.That((await store.HeadAsync()).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task The_lock_of_a_process_that_lives_is_left_alone()
    {
        repository.Commit("feat: a");
        var git = await repository.OpenAsync();
        using var live = git.Start("update-ref", "--stdin");
        await live.StandardInput.WriteAsync($"start\nupdate refs/tags/v1.0.0 {repository.Head}\nprepare\n");
        await live.StandardInput.FlushAsync();
        await live.StandardOutput.ReadLineAsync();
        await live.StandardOutput.ReadLineAsync();
        var held = repository.Files[".git/refs/tags/v1.0.0.lock"];
        File.SetLastWriteTimeUtc(held, DateTime.UtcNow.AddMinutes(-1));

        var cleared = StaleLocks.Clear(git, held);

        Assert.That((cleared, File.Exists(held)), Is.EqualTo((false, true)));
        live.StandardInput.Close();
        await live.WaitForExitAsync();
    }

    [Test]
    public async Task A_file_outside_the_repository_is_never_taken_for_a_lock()
    {
        using var elsewhere = new TemporaryFolder();
        var file = elsewhere.Write("index.lock", "");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        var git = await repository.OpenAsync();

        await Assert.ThrowsAsync<ReleaseException>(() =>
            StaleLocks.RetryAsync<bool>(git, () => throw new ReleaseException($"Unable to create '{file}': File exists."))
        );

        Assert.That(File.Exists(file), Is.True);
    }

    /// <summary>A lock that nobody holds any more, a minute old.</summary>
    string Leave(string name)
    {
        var file = Path.IsPathRooted(name) ? name : repository.Files[Path.Combine(".git", name)];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
        return file;
    }

    static Task<LedgerHead> NoLedger(CancellationToken cancel) => Task.FromResult(LedgerHead.Empty);
}
