using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Ledger;

/// <summary>Whatever is done to the files of a ledger, its chain and its head show it.</summary>
public sealed class LedgerChainTests
{
    [Test]
    public async Task A_ledger_that_nobody_touched_has_no_problems()
    {
        var (files, head) = await LedgerAsync(12);

        Assert.That(LedgerChain.Of(files, head).Problems, Is.Empty);
    }

    [Test]
    public void Any_edit_removal_insertion_or_reorder_of_lines_is_found() =>
        Prop.ForAll<int, int, int>(
                (kind, line, other) =>
                {
                    var (files, head) = LedgerAsync(12).GetAwaiter().GetResult();
                    var forged = Forge(
                        files,
                        Math.Abs((long)kind) % 6,
                        (int)(Math.Abs((long)line) % 12),
                        (int)(Math.Abs((long)other) % 12)
                    );
                    return forged is null || LedgerChain.Of(forged, head).Problems.Count > 0;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Test]
    public async Task Any_changed_character_is_found()
    {
        var (files, head) = await LedgerAsync(3);
        var (path, text) = files[0];

        for (var at = 0; at < text.Length; at++)
        {
            var changed = text[..at] + (char)(text[at] ^ 1) + text[(at + 1)..];
            Assert.That(LedgerChain.Of([(path, changed), .. files.Skip(1)], head).Problems, Is.Not.Empty, $"character {at}");
        }
    }

    [Test]
    public async Task A_cut_off_tail_is_found_by_the_head()
    {
        var (files, head) = await LedgerAsync(4);
        var (path, text) = files[^1];
        var cut = text[..(text.TrimEnd('\n').LastIndexOf('\n') + 1)];

        Assert.That(LedgerChain.Of([.. files.SkipLast(1), (path, cut)], head).Problems, Has.Some.Contain("head.json says"));
    }

    [Test]
    public async Task A_head_whose_state_was_edited_is_found()
    {
        var (files, head) = await LedgerAsync(4);

        var problems = LedgerChain.Of(files, head.Replace("\"draft\"", "\"released\"", StringComparison.Ordinal)).Problems;

        Assert.That(problems, Has.Some.Contain("another state"));
    }

    [Test]
    public async Task A_file_in_the_place_of_another_release_is_found()
    {
        var (files, head) = await LedgerAsync(4);

        var problems = LedgerChain.Of([("releases/9.9.9/events.jsonl", files[0].Text), .. files.Skip(1)], head).Problems;

        Assert.That(problems, Has.Some.Contain("belongs to release 1.0.0, not here"));
    }

    static IReadOnlyList<(string Path, string Text)>? Forge(IReadOnlyList<(string Path, string Text)> files, long kind, int line, int other)
    {
        var lines = files
            .SelectMany(file => file.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(text => (file.Path, text)))
            .ToList();
        var (path, chosen) = lines[line];
        switch (kind)
        {
            case 0:
                lines.RemoveAt(line);
                break;
            case 1:
                lines.Insert(other, (path, chosen));
                break;
            case 2 when line != other:
                (lines[line], lines[other]) = ((path, lines[other].text), (lines[other].Path, chosen));
                break;
            case 3:
                lines[line] = (path, chosen.Replace("\"Ada", "\"Eve", StringComparison.Ordinal));
                break;
            case 4:
                lines[line] = (path, chosen.Replace("{\"actor\"", "{ \"actor\"", StringComparison.Ordinal));
                break;
            case 5:
                // With a hash that fits: then the link of the next one does not, or the head.
                var fact = EventHash.FromLine(chosen) with
                {
                    Actor = "Eve",
                };
                lines[line] = (path, EventHash.ToLine(fact with { Hash = EventHash.Of(fact) }));
                break;
            default:
                return null;
        }

        return
        [
            .. lines.GroupBy(entry => entry.Path).Select(group => (group.Key, string.Concat(group.Select(entry => entry.text + "\n")))),
        ];
    }

    static async Task<(IReadOnlyList<(string Path, string Text)> Files, string Head)> LedgerAsync(int events)
    {
        var store = new MemoryLedgerStore();
        var ledger = Ledgers.On(store);
        for (var number = 0; number < events; number++)
        {
            await ledger.AppendAsync(
                number % 3 == 0
                    ? Ledgers.Planned($"1.{number / 3}.0")
                    : new NewEvent($"1.{number / 3}.0", EventKinds.Judged, new JsonObject { ["hash"] = "x", ["n"] = number })
            );
        }

        var files = store
            .Events.GroupBy(fact => fact.Release)
            .Select(group =>
                (LedgerTree.Events(LedgerTree.Recent(group.Key)), string.Concat(group.Select(fact => EventHash.ToLine(fact) + "\n")))
            )
            .ToList();
        return (files, new StoredHead(null, await store.HeadAsync(), store.Events[^1].Release, []).ToJson());
    }
}
