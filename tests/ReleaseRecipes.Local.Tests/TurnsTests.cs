extern alias gateway;

using FsCheck;
using FsCheck.Fluent;
using gateway::ReleaseRecipes.Local.Routing;

namespace ReleaseRecipes.Local.Tests;

public sealed class TurnsTests
{
    [Test]
    public void Any_hundred_requests_in_a_row_are_split_as_the_percentages_say() =>
        Prop.ForAll(
                Gen.Choose(0, 100).ToArbitrary(),
                share =>
                {
                    var turns = new Turns(new Dictionary<string, int> { ["stable"] = 100 - share, ["candidate"] = share });
                    var dealt = Enumerable.Range(0, 300).Select(_ => turns.Next(turns.Versions)).ToList();
                    return Enumerable
                        .Range(0, 200)
                        .All(from => dealt.Skip(from).Take(100).Count(version => version == "candidate") == share);
                }
            )
            .QuickCheckThrowOnFailure();

    [Test]
    public void A_version_that_cannot_serve_is_passed_over()
    {
        var turns = new Turns(new Dictionary<string, int> { ["stable"] = 50, ["candidate"] = 50 });

        Assert.That(Enumerable.Range(0, 10).Select(_ => turns.Next(["stable"])), Has.All.EqualTo("stable"));
        Assert.That(turns.Next([]), Is.Null);
    }

    [Test]
    public void A_version_without_a_share_gets_nothing()
    {
        var turns = new Turns(new Dictionary<string, int> { ["stable"] = 100, ["candidate"] = 0 });

        Assert.That(turns.Versions, Is.EqualTo(new[] { "stable" }));
    }
}
