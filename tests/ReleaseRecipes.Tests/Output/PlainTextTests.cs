using ReleaseRecipes.Output;

namespace ReleaseRecipes.Tests.Output;

public sealed class PlainTextTests
{
    [TestCase("feat: a plain line", "feat: a plain line")]
    [TestCase("café 🚀", "café 🚀")]
    public void Harmless_text_stays_as_it_is(string text, string expected) => Assert.That(PlainText.Line(text), Is.EqualTo(expected));

    [TestCase("\e[2Jgone")]
    [TestCase("a\0b")]
    [TestCase("a\nb")]
    [TestCase("\u202Eabc")]
    [TestCase("a\u009Bb")]
    public void Control_characters_do_not_survive(string text) =>
        Assert.That(PlainText.Line(text), Does.Not.Match("[\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e]"));

    [TestCase("::set-env name=X::y")]
    [TestCase("##vso[task.setvariable]x")]
    [TestCase("##teamcity[buildStatus]")]
    public void A_command_for_a_CI_server_is_no_command_any_more(string text) =>
        Assert.That(PlainText.Line(text), Does.Not.Contain("::").And.Not.Contain("##vso[").And.Not.Contain("##teamcity["));
}
