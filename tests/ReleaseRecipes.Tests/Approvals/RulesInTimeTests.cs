using System.Globalization;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Strategy.Reading;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Approvals;

/// <summary>Commits know whole seconds, signatures less, and the clocks of two machines differ.</summary>
public sealed class RulesInTimeTests : IDisposable
{
    const string Signers = ".github/allowed_signers";
    readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [TestCase(0.4, "alice, bob", Description = "committed in the same second as the signature: before it or after it")]
    [TestCase(1.4, "bob")]
    [TestCase(-290, "alice, bob", Description = "written by a clock that is ahead")]
    [TestCase(-310, "alice")]
    public async Task A_signer_counts_where_the_base_branch_may_have_named_them_at_that_moment(double secondsAfterBob, string expected)
    {
        Allow("alice");
        repository.Pass(TimeSpan.FromHours(1));
        Allow("bob");
        var bob = DateTimeOffset.Parse(repository.Git("log", "-1", "--format=%cI"), CultureInfo.InvariantCulture);
        using var rules = new RulesInTime(
            await repository.OpenAsync(),
            new BaseBranch("main", "refs/heads/main", null),
            "release-strategy.yml",
            KnownNames.BuiltIn
        );

        var signers = await rules.SignersAsync(Signers, bob.AddSeconds(secondsAfterBob));

        Assert.That(string.Join(", ", signers.People.Order()), Is.EqualTo(expected));
    }

    void Allow(string person)
    {
        repository.Files.Write(Signers, $"{person} ssh-ed25519 AAAA\n");
        repository.Commit(person);
    }
}
