using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Strategy;

public sealed class HostileYamlTests
{
    [TestCase("", "the file is empty")]
    [TestCase("# only a comment\n", "the file is empty")]
    [TestCase("just text", "a single value stands where release_strategy: is called for")]
    [TestCase("- a", "a list stands where release_strategy: is called for")]
    [TestCase("release_strategy:", "nothing stands where a group of keys is called for")]
    [TestCase("versioning: { scheme: semantic }", "Everything stands under release_strategy:")]
    [TestCase("release_strategy: {}\nrelease_strategy: {}", "is there twice")]
    [TestCase("release_strategy: {}\n---\nrelease_strategy: {}", "a second document begins")]
    [TestCase("release_strategy:\n\tversioning: {}", "a tab stands where YAML wants spaces")]
    [TestCase("release_strategy: { versioning: ", "this is no YAML")]
    [TestCase("release_strategy: \"unclosed", "this is no YAML")]
    [TestCase("release_strategy:\n  secrets: [A?\n  notifications:\n    x: 1", "this is no YAML")]
    [TestCase("release_strategy: { ? [a] : b }", "a list stands where a key is called for")]
    [TestCase("release_strategy: &a { secrets: [A] }", "anchors and aliases are not taken")]
    [TestCase("release_strategy: *a", "anchors and aliases are not taken")]
    [TestCase("release_strategy: { <<: { secrets: [A] } }", "'<<' is no key here")]
    [TestCase("release_strategy: !!python/object/apply:os.system [id]", "the tag")]
    [TestCase("release_strategy: { parallel: !!int \"3\" }", "the tag")]
    [TestCase("release_strategy: {}\0", "there is a control character")]
    public void A_file_that_is_no_strategy_is_refused(string text, string expected) => Assert.That(Refusal(text), Does.Contain(expected));

    [Test]
    public void An_alias_bomb_is_refused_at_its_first_anchor()
    {
        var text = new StringBuilder("a: &a [lol]\n");
        for (var letter = 'b'; letter < 'k'; letter++)
        {
            text.Append(letter)
                .Append(": &")
                .Append(letter)
                .Append(" [")
                .AppendJoin(',', Enumerable.Repeat($"*{(char)(letter - 1)}", 9))
                .Append("]\n");
        }

        Assert.That(Refusal(text.ToString()), Does.Contain("release-strategy.yml:1:4").And.Contain("anchors and aliases are not taken"));
    }

    [TestCase("[")]
    [TestCase("{a: ")]
    [TestCase("- ")]
    [TestCase("? ")]
    [TestCase("[{")]
    public void Deep_nesting_is_refused_before_the_stack_ends(string opening)
    {
        var text = string.Concat(Enumerable.Repeat(opening, 100_000));

        Assert.That(Refusal(text), Does.Contain("release-strategy.yml:1:"));
    }

    [Test]
    public void A_file_of_more_than_a_mebibyte_is_refused() =>
        Assert.That(Refusal(new string('#', 1024 * 1024) + "\nrelease_strategy: {}"), Does.Contain("larger than 1 MiB"));

    [Test]
    public void A_hundred_problems_are_enough()
    {
        var text = "release_strategy:\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"  unknown_{i}: 1\n"));

        Assert.That(Refusal(text).Split('\n'), Has.Length.EqualTo(101));
    }

    [Test]
    public void Bytes_that_are_no_UTF_8_are_refused_with_their_place()
    {
        byte[] bytes = [.. "release_strategy:\n  application: { name: "u8, 0xC3, 0x28, .. " }"u8];

        var problem = Assert.Throws<ReleaseException>(() => StrategyFile.Read(bytes, "release-strategy.yml"))!;

        Assert.That(problem.Message, Does.Contain("release-strategy.yml:2:24: this is no UTF-8"));
    }

    [Test]
    public void A_byte_order_mark_and_Windows_line_ends_are_fine()
    {
        var strategy = StrategyFile.Read("\uFEFF" + Samples.Seed.ReplaceLineEndings("\r\n"), "x");

        Assert.That(strategy.Environments, Has.Count.EqualTo(2));
    }

    [Test]
    public void Whatever_the_text_it_is_read_or_refused_and_never_crashes()
    {
        string[] scraps =
        [
            "release_strategy:",
            "\n",
            "  ",
            "versioning",
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "'",
            "\"",
            "|",
            ">",
            "&a ",
            "*a",
            "!",
            "#",
            "%",
            "@",
            "~",
            "\t",
            "name",
            "1",
            "quality_gates:",
            "\\x",
            "\ud83d",
        ];
        var texts = Gen.Elements(scraps).ArrayOf().Select(string.Concat).ToArbitrary();

        Prop.ForAll(texts, IsReadOrRefused).QuickCheckThrowOnFailure();
    }

    [Test]
    public void A_byte_flipped_in_a_good_file_never_crashes_the_reading()
    {
        var good = Encoding.UTF8.GetBytes(Samples.Everything);
        var flips = (from at in Gen.Choose(0, good.Length - 1) from value in Gen.Choose(0, 255) select (at, value)).ToArbitrary();

        Prop.ForAll(flips, flip => IsReadOrRefused([.. good[..flip.at], (byte)flip.value, .. good[(flip.at + 1)..]]))
            .QuickCheckThrowOnFailure();
    }

    static bool IsReadOrRefused(string text) => IsReadOrRefused(Encoding.UTF8.GetBytes(text));

    static bool IsReadOrRefused(byte[] bytes)
    {
        try
        {
            return StrategyFile.Read(bytes, "release-strategy.yml").Hash.Length == 64;
        }
        catch (ReleaseException problem)
        {
            return problem.ExitCode == ExitCodes.WrongInput;
        }
    }

    static string Refusal(string text) => Assert.Throws<ReleaseException>(() => StrategyFile.Read(text, "release-strategy.yml"))!.Message;
}
