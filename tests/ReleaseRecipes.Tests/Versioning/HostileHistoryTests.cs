using System.Text;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Versioning;

/// <summary>Whoever can push a commit can write anything into it: the version is decided and the changelog written all the same.</summary>
public sealed class HostileHistoryTests : IDisposable
{
    readonly TemporaryRepository repository = new();

    public HostileHistoryTests()
    {
        repository.Commit("feat: begin");
        repository.Tag("v1.0.0");
    }

    public void Dispose() => repository.Dispose();

    [TestCase("fix: x\n\n{0}", TestName = "A_body_of_ten_megabytes")]
    [TestCase("fix: {0}", TestName = "A_header_of_ten_megabytes")]
    [TestCase("fix: x\n\nBREAKING CHANGE {0}", TestName = "A_breaking_note_that_never_gets_its_colon")]
    public async Task Size_is_no_harm(string message)
    {
        repository.Commit(
            message.Replace("{0}", string.Concat(Enumerable.Repeat("a ( * - ", 10 * 1024 * 1024 / 8)), StringComparison.Ordinal)
        );

        var (decision, changelog) = await AnswersAsync();

        Assert.That(decision.Version, Is.EqualTo("1.0.1"));
        Assert.That(changelog, Does.Contain("## Unreleased").And.Contain("## 1.0.0"));
    }

    // Regular expressions of the peers need time that grows with the square or worse of these.
    [TestCase("fix(", ")", ": x")]
    [TestCase("fix(", "()", "): x")]
    [TestCase("fix: x\n\n", "BREAKING CHANGE\n", "")]
    [TestCase("fix: x\n\n", "* BREAKING CHANGE: ", "")]
    [TestCase("fix: x\n\n", "a: b\n", "")]
    [TestCase("Revert \"", "Revert \"", "")]
    [TestCase("fix: ", "`", "")]
    [TestCase("fix: ", "#1 (#2) @a ", "")]
    public async Task Repetition_takes_time_that_grows_with_its_length_only(string begin, string again, string end)
    {
        repository.Commit(begin + string.Concat(Enumerable.Repeat(again, 100_000)) + end);

        Assert.That((await AnswersAsync()).Decision.Previous, Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task Bytes_that_are_no_text_hide_no_commit_and_reach_no_page()
    {
        await ImportAsync("feat: caf\xE9 \xFF\xFE\n\nBREAKING CHANGE: none of \x1b[2J this\n"u8.ToArray());
        await ImportAsync([.. "fix: carriage\r\n\r\nBREAKING-CHANGE: returns\r\n"u8]);
        await ImportAsync([.. Encoding.Latin1.GetBytes("fix: \xE9\x80\x9b31m"), 0x0a]);
        await ImportAsync([.. "fix: before\n\nthe end"u8, 0, .. "\nBREAKING CHANGE: behind it"u8]);

        var (decision, changelog) = await AnswersAsync();

        Assert.That(decision.Version, Is.EqualTo("2.0.0"));
        Assert.That(decision.Commits, Has.Count.EqualTo(4));
        Assert.That(changelog.Where(character => char.IsControl(character) && character != '\n'), Is.Empty);
        Assert.That(changelog, Does.Contain("carriage").And.Contain("before").And.Contain("caf"));
    }

    [TestCase(0, "1.0.1", TestName = "A_chain_of_reverts_that_ends_with_the_change_gone")]
    [TestCase(1, "1.1.0", TestName = "A_chain_of_reverts_that_ends_with_the_change_back")]
    public async Task Reverts_of_reverts_are_followed_to_their_end(int odd, string version)
    {
        var header = "feat: gift cards";
        var commit = repository.Commit(header);
        for (var round = 0; round < 15 - odd; round++)
        {
            header = $"Revert \"{header}\"";
            commit = repository.Commit($"{header}\n\nThis reverts commit {commit}.");
        }

        repository.Commit("fix: it");

        Assert.That((await AnswersAsync()).Decision.Version, Is.EqualTo(version));
    }

    [Test]
    public async Task Merges_of_many_parents_and_across_count_each_commit_once()
    {
        foreach (var branch in new[] { "a", "b", "c", "d" })
        {
            repository.Git("checkout", "-q", "-b", branch, "v1.0.0");
            repository.Commit($"feat: {branch}");
        }

        repository.Git("checkout", "-q", "a");
        repository.Git("merge", "-q", "--no-ff", "-m", "Merge b", "b");
        repository.Git("checkout", "-q", "b");
        repository.Git("merge", "-q", "--no-ff", "-m", "Merge a", "a~1");
        repository.Git("checkout", "-q", "main");
        repository.Git("merge", "-q", "--no-ff", "-m", "Merge all", "a", "b", "c", "d");

        var (decision, changelog) = await AnswersAsync();

        Assert.That(decision.Version, Is.EqualTo("1.1.0"));
        Assert.That(
            decision.Commits.Where(one => one.Message.Follows).Select(one => one.Message.Description),
            Is.EquivalentTo(new[] { "a", "b", "c", "d" })
        );
        Assert.That(changelog.Split("- a (").Length, Is.EqualTo(2));
    }

    [Test]
    public async Task Five_thousand_tags_on_one_commit_and_as_many_out_of_reach_name_the_highest()
    {
        var aside = repository.Git("commit-tree", "-m", "aside", repository.Git("write-tree"));
        var head = repository.Head;
        var refs = Enumerable
            .Range(1, 5000)
            .SelectMany(number => new[] { $"create refs/tags/v1.{number}.0 {head}", $"create refs/tags/v1.0.{number} {aside}" });
        repository.GitReading(string.Join('\n', refs) + "\n", "update-ref", "--stdin");
        repository.Commit("fix: it");

        var (decision, changelog) = await AnswersAsync();

        Assert.That((decision.Previous, decision.Version), Is.EqualTo(("1.5000.0", "1.5000.1")));
        Assert.That(changelog, Does.Contain("\n## 1.5000.0 (").And.Contain("it ("));
    }

    [Test]
    public async Task A_history_that_was_replaced_counts_as_it_shows()
    {
        repository.Commit("feat!: old times");
        var cut = repository.Commit("fix: new times");
        repository.Git("replace", "--graft", cut, "v1.0.0");

        Assert.That((await AnswersAsync()).Decision.Version, Is.EqualTo("1.0.1"));
    }

    async Task<(VersionDecision Decision, string Changelog)> AnswersAsync()
    {
        var git = await repository.OpenAsync();
        using var text = new MemoryStream();
        await ChangelogWriter.WriteAllAsync(git, new ReleaseStrategy(), text);
        var decision = await NextVersion.DecideAsync(git, new ReleaseStrategy(), new VersionRequest());
        return (decision, Encoding.UTF8.GetString(text.ToArray()));
    }

    // git's own commands refuse such messages; whoever writes objects by other means does not ask them.
    async Task ImportAsync(byte[] message)
    {
        var header =
            $"tree {repository.Git("write-tree")}\nparent {repository.Head}\nauthor Ada <ada@example.com> 1767607200 +0000\n"
            + "committer Ada <ada@example.com> 1767607200 +0000\n\n";
        var file = repository.Files["commit"];
        await File.WriteAllBytesAsync(file, [.. Encoding.ASCII.GetBytes(header), .. message]);
        repository.Git("update-ref", "HEAD", repository.Git("hash-object", "-t", "commit", "-w", "--literally", file));
        File.Delete(file);
    }
}
