using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests;

/// <summary>The page that a newcomer reads first says what is so.</summary>
public sealed partial class ReadmeTests
{
    static string Top([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    static string Readme => File.ReadAllText(Path.Combine(Top(), "README.md"));

    [Test]
    public void Its_strategy_is_valid_and_lacks_nothing()
    {
        var text = Block("yaml");

        var strategy = StrategyFile.Read(text, "release-strategy.yml");

        Assert.That(StrategyFile.WhatIsMissing(strategy), Is.Empty);
    }

    [Test]
    public void Its_program_is_the_one_that_the_tests_run() =>
        Assert.That(Block("csharp"), Is.EqualTo(File.ReadAllText(Path.Combine(Top(), "tests", "RecipeUnderTest", "Program.cs"))));

    [Test]
    public void Its_table_has_every_target_and_no_other()
    {
        var rows = Readme.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')[1]);
        var named = rows.SelectMany(row => Target().Matches(row).Select(match => match.Groups[1].Value));

        Assert.That(named, Is.EquivalentTo(Targets.OfTheRecipe().Select(target => target.Name)));
    }

    [Test]
    public void Its_links_lead_somewhere() =>
        Assert.That(
            Link().Matches(Readme).Select(match => match.Groups[1].Value).Where(path => !File.Exists(Path.Combine(Top(), path))),
            Is.Empty
        );

    static string Block(string language)
    {
        var start = Readme.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return Readme[start..Readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"`(?<name>[A-Z]\w+)")]
    private static partial Regex Target();

    [GeneratedRegex(@"\]\((docs/[^)#]+)")]
    private static partial Regex Link();
}
