using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Versioning;

/// <summary>What is found by reading little of a history is what a reader of all of it finds.</summary>
public sealed partial class HistoryLawsTests
{
    const int Day = 24 * 60 * 60;
    const int Decades = 40 * 365 * Day / 2;

    [Test]
    public void The_last_release_and_what_is_new_are_right_where_clocks_differ_by_less_than_a_day() =>
        Check(
            Day,
            async history =>
            {
                var read = await new HistoryReader(await history.MakeAsync()).ReadAsync(new ReleaseStrategy(), "main");

                Assert.That(read.Previous?.Name, Is.EqualTo(history.Previous));
                Assert.That(read.Commits.Select(commit => commit.Message.Trim()), Is.EquivalentTo(history.Unreleased));
            }
        );

    [Test]
    public void No_commit_is_lost_however_wrong_the_clocks_are() =>
        Check(
            Decades,
            async history =>
            {
                var read = await new HistoryReader(await history.MakeAsync()).ReadAsync(new ReleaseStrategy(), "main");

                Assert.That(history.Unreleased, Is.SubsetOf(read.Commits.Select(commit => commit.Message.Trim())));
                Assert.That(read.Commits.Concat(read.Merged).Select(commit => commit.Hash), Is.Unique);
            }
        );

    [Test]
    public void In_a_whole_changelog_each_commit_stands_under_the_lowest_release_that_has_it_whatever_the_clocks_say() =>
        Check(
            Decades,
            async history =>
            {
                using var text = new MemoryStream();
                await ChangelogWriter.WriteAllAsync(await history.MakeAsync(), new ReleaseStrategy(), text);

                Assert.That(Listed(Encoding.UTF8.GetString(text.ToArray())), Is.EquivalentTo(history.FirstReleases));
            }
        );

    static Dictionary<string, string> Listed(string changelog) =>
        changelog
            .Split("\n## ")
            .Skip(1)
            .SelectMany(section =>
                Items().Matches(section).Select(item => (Change: $"fix: {item.Groups[1].Value}", Release: Version().Match(section).Value))
            )
            .ToDictionary(item => item.Change, item => item.Release.Length > 0 ? $"v{item.Release}" : "");

    static void Check(int wrongness, Func<RandomHistory, Task> law) =>
        Prop.ForAll<int>(seed =>
            {
                using var history = new RandomHistory(seed, wrongness);
                law(history).GetAwaiter().GetResult();
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(1_000_000));

    [GeneratedRegex(@"^- (change \d+) \(", RegexOptions.Multiline)]
    private static partial Regex Items();

    [GeneratedRegex(@"^\d+\.\d+\.\d+")]
    private static partial Regex Version();
}
