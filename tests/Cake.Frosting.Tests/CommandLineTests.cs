using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting.Internal;
using FsCheck;
using FsCheck.Fluent;

namespace Cake.Frosting.Tests;

public sealed class CommandLineTests
{
    [TestCase("--target=Release")]
    [TestCase("--target:Release")]
    [TestCase("--target", "Release")]
    [TestCase("-t", "Release")]
    [TestCase("--Target=Release")]
    public void A_target_is_named_in_any_of_the_usual_ways(params string[] args) =>
        Assert.That(CommandLineReader.Read(args).Targets, Is.EqualTo(new[] { "Release" }));

    [Test]
    public void Without_a_target_it_is_Default() => Assert.That(CommandLineReader.Read([]).Targets, Is.EqualTo(new[] { "Default" }));

    [Test]
    public void Cakes_own_switches_are_read()
    {
        var line = CommandLineReader.Read([
            "--target=A",
            "-t=B",
            "-w",
            "/tmp",
            "-v=diagnostic",
            "-e",
            "--whatif",
            "--showtree=false",
            "--info",
        ]);

        Assert.That(
            (line.Targets[1], line.WorkingDirectory!.FullPath, line.Verbosity, line.Exclusive, line.DryRun, line.Tree, line.Info),
            Is.EqualTo(("B", "/tmp", Verbosity.Diagnostic, true, true, false, true))
        );
    }

    [Test]
    public void All_other_options_are_arguments_with_their_values_untouched()
    {
        var line = CommandLineReader.Read([
            "--json=-",
            "--reason",
            "say \"hi\" = $HOME",
            "--push",
            "--count",
            "-3",
            "--empty=",
            "--last=5",
        ]);

        Assert.That(
            line.Arguments.Select(argument => $"{argument.Key}:{argument.Value ?? "(none)"}"),
            Is.EqualTo(new[] { "json:-", "reason:say \"hi\" = $HOME", "push:(none)", "count:-3", "empty:", "last:5" })
        );
    }

    [Test]
    public void A_switch_takes_the_word_that_follows_only_when_it_is_true_or_false()
    {
        Assert.That(
            CommandLineReader.Read(["--dryrun", "false", "-e", "true"]),
            Has.Property("DryRun").False.And.Property("Exclusive").True
        );
        Assert.That(() => CommandLineReader.Read(["--dryrun", "Release"]), Throws.TypeOf<CakeException>());
    }

    [TestCase("Release", "--target=Release")]
    [TestCase("--verbosity=loud", "loud")]
    [TestCase("--target", "--target needs a value")]
    public void A_wrong_command_line_says_what_is_wrong(string arg, string expected) =>
        Assert.That(() => CommandLineReader.Read([arg]), Throws.TypeOf<CakeException>().With.Message.Contains(expected));

    [Test]
    public void What_follows_two_dashes_is_for_the_tasks()
    {
        var line = CommandLineReader.Read(["--target=A", "--", "--exclusive", "--json=-"]);

        Assert.That((line.Exclusive, string.Join(' ', line.Raw)), Is.EqualTo((false, "--exclusive --json=-")));
        Assert.That(line.Arguments.Select(argument => argument.Key), Is.EqualTo(new[] { "exclusive", "json" }));
    }

    [Test]
    public void Any_value_comes_through_an_equals_sign_unchanged() =>
        Prop.ForAll<NonNull<string>>(value => CommandLineReader.Read([$"--reason={value.Get}"]).Arguments[0].Value == value.Get)
            .QuickCheckThrowOnFailure();
}
