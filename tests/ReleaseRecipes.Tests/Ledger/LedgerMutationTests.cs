using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Ledger;

/// <summary>Any single change of any one event is found, whatever is changed and into what.</summary>
public sealed class LedgerMutationTests
{
    static readonly Lazy<(IReadOnlyList<LedgerEvent> Events, string Head)> Made = new(Make);

    /// <summary>One event, one member (data at the end), and the value that it gets.</summary>
    static Arbitrary<(int Event, string Member, JsonNode? Value)> Mutations =>
        (
            from at in Gen.Choose(0, Made.Value.Events.Count - 1)
            from member in Gen.Elements("actor", "at", "hash", "kind", "previous", "release", "sequence", "data", "extra")
            from value in Gen.OneOf(
                ArbMap.Default.GeneratorFor<string>().Select(text => (JsonNode?)JsonValue.Create(text)),
                ArbMap.Default.GeneratorFor<int>().Select(number => (JsonNode?)JsonValue.Create(number)),
                Gen.Constant((JsonNode?)null),
                Gen.Constant((JsonNode?)new JsonObject { ["approver"] = "Eve" })
            )
            select (at, member, value)
        ).ToArbitrary();

    [Test]
    public void Any_member_of_any_event_set_to_anything_is_found() =>
        Prop.ForAll(
                Mutations,
                mutation =>
                {
                    var (events, head) = Made.Value;
                    var lines = events.Select(EventHash.ToLine).ToList();
                    var json = JsonNode.Parse(lines[mutation.Event])!.AsObject();
                    var before = json.ToJsonString();
                    json[mutation.Member] = mutation.Value?.DeepClone();
                    lines[mutation.Event] = CanonicalJson.Of(json);
                    return json.ToJsonString() == before || IsFound(events, lines, head);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Test]
    public void Any_byte_of_any_event_that_is_another_or_missing_or_one_more_is_found() =>
        Prop.ForAll<int, int, char>(
                (which, place, letter) =>
                {
                    var (events, head) = Made.Value;
                    var lines = events.Select(EventHash.ToLine).ToList();
                    var at = Math.Abs(which % lines.Count);
                    var line = lines[at];
                    var index = Math.Abs(place % line.Length);
                    var changed = (place & 3) switch
                    {
                        0 => line.Remove(index, 1),
                        1 => line.Insert(index, letter.ToString()),
                        _ => line[..index] + letter + line[(index + 1)..],
                    };
                    lines[at] = changed;
                    return changed == line || IsFound(events, lines, head);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Test]
    public void A_suffix_of_any_length_that_is_written_anew_in_the_same_length_is_found_by_what_knew_its_end()
    {
        var (events, _) = Made.Value;
        for (var from = 0; from < events.Count; from++)
        {
            var head = from == 0 ? LedgerHead.Empty : new LedgerHead(events[from - 1].Sequence, events[from - 1].Hash, LedgerState.Empty);
            var forged = events.Take(from).ToList();
            foreach (var fact in events.Skip(from))
            {
                var next = EventHash.Chain(head, fact.Release, fact.Kind, fact.At, "Eve", fact.Data);
                forged.Add(next);
                head = new LedgerHead(next.Sequence, next.Hash, LedgerState.Empty);
            }

            var anchor = new LedgerAnchor("The tag", events[^1].Sequence, events[^1].Hash);
            Assert.That(anchor.Problem(forged), Does.EndWith("the ledger was written anew."), $"from event {from + 1}");
            Assert.That(anchor.Problem([.. events.Take(from)]), Does.EndWith("its end was cut off."));
            Assert.That(anchor.Problem(events), Is.Null);
        }
    }

    static bool IsFound(IReadOnlyList<LedgerEvent> events, List<string> lines, string head)
    {
        var files = events
            .Zip(lines)
            .GroupBy(pair => pair.First.Release)
            .Select(group => (LedgerTree.Events(LedgerTree.Recent(group.Key)), string.Concat(group.Select(pair => pair.Second + "\n"))))
            .ToList();
        return LedgerChain.Of(files, head).Problems.Count > 0;
    }

    static (IReadOnlyList<LedgerEvent>, string) Make()
    {
        var store = new MemoryLedgerStore();
        var ledger = Ledgers.On(store);
        foreach (var version in new[] { "1.0.0", "1.1.0", "2.0.0-rc.1" })
        {
            ledger
                .AppendAsync(_ =>
                    [
                        Ledgers.Planned(version),
                        Ledgers.Step(version, "Gates"),
                        Ledgers.About(version, EventKinds.Approved, "production", ("approver", "Bob"), ("hash", "x")),
                        Ledgers.About(version, EventKinds.Verified, "production"),
                    ]
                )
                .GetAwaiter()
                .GetResult();
        }

        var head = store.HeadAsync().GetAwaiter().GetResult();
        return (store.Events, new StoredHead(null, head, "2.0.0-rc.1", []).ToJson());
    }
}
