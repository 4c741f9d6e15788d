namespace ReleaseRecipes.Tests;

public sealed class CommandLineTests
{
    static ReleaseOptions Options(params string[] arguments) =>
        CommandLine.Parse(arguments).Options("/repo", "./build.sh", pushByDefault: false);

    [Test]
    public void Arguments_are_read_with_an_equals_sign_and_without()
    {
        var options = Options("--target=Release", "--environment", "staging", "--approve=staging,production", "--approve=qa", "--push");

        Assert.That(options.Environment, Is.EqualTo("staging"));
        Assert.That(options.Approve, Is.EqualTo(new[] { "staging", "production", "qa" }));
        Assert.That(options.Push, Is.True);
    }

    [Test]
    public void A_value_keeps_its_spaces_quotes_and_equals_signs() =>
        Assert.That(Options("--reason=a \"b\" c=$HOME").Reason, Is.EqualTo("a \"b\" c=$HOME"));

    [Test]
    public void Pushing_is_off_where_it_is_switched_off() =>
        Assert.That(CommandLine.Parse(["--no-push"]).Options("/repo", "./build.sh", pushByDefault: true).Push, Is.False);

    [Test]
    public void A_misspelt_argument_is_refused_with_the_one_that_was_meant()
    {
        var problem = Assert.Throws<ReleaseException>(() => Options("--aprove=production"));

        Assert.That(problem!.ExitCode, Is.EqualTo(ExitCodes.WrongInput));
        Assert.That(problem.Message, Does.Contain("--approve"));
    }

    [TestCase("2026-01-31", "2026-01-31T00:00:00Z")]
    [TestCase("2026-01-31T12:30", "2026-01-31T12:30:00Z")]
    [TestCase("2026-01-31T12:30:00+02:00", "2026-01-31T10:30:00Z")]
    public void A_time_without_a_zone_is_UTC_as_in_the_record(string written, string expected) =>
        Assert.That(
            Options($"--since={written}").Since,
            Is.EqualTo(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture))
        );

    [Test]
    public void The_whole_history_goes_with_the_changelog_only()
    {
        var all = CommandLine.Parse(["--all"]);

        Assert.That(all.Options("/repo", "./build.sh", pushByDefault: false, target: "Changelog").All, Is.True);
        Assert.That(
            () => all.Options("/repo", "./build.sh", pushByDefault: false, target: "Release"),
            Throws.InstanceOf<ReleaseException>().With.Message.Contains("--target=Changelog --all")
        );
    }

    [Test]
    public void An_argument_of_the_builds_own_is_let_pass() => Assert.That(() => Options("--colour-scheme=dark"), Throws.Nothing);

    [TestCase("--type=hotfx")]
    [TestCase("--override")]
    [TestCase("--revoke")]
    [TestCase("--since=yesterday")]
    [TestCase("--until=31.01.2026")]
    [TestCase("--last=0")]
    [TestCase("--last=many")]
    [TestCase("--environment=")]
    public void A_value_that_is_not_allowed_is_refused(string argument) =>
        Assert.That(Assert.Throws<ReleaseException>(() => Options(argument))!.ExitCode, Is.EqualTo(ExitCodes.WrongInput));

    [Test]
    public void The_target_is_found_by_its_short_name_too() => Assert.That(CommandLine.Parse(["-t", "Plan"]).Target, Is.EqualTo("Plan"));
}
