using System.Text.RegularExpressions;

namespace ReleaseRecipes.Recipes.Tests;

/// <summary>Each recipe in a repository of its own, from the packages, by the commands of its README.</summary>
[NonParallelizable]
[Platform(Exclude = "Win")]
[Category("Slow")]
public sealed class RecipeTests
{
    [Test]
    public void From_nothing_but_the_packages_and_the_ordinary_feed_the_first_release_is_reached()
    {
        FirstRelease("single-file", Packed.FreshCache());
    }

    [TestCase("existing-frosting")]
    [TestCase("service")]
    [TestCase("library")]
    [TestCase("node-service", "node")]
    [TestCase("python-package", "python3")]
    [TestCase("cake-script", "python3")]
    public void The_commands_of_its_README_reach_the_first_release(string recipe, string? needs = null)
    {
        if (needs is not null && Ran.Of("sh", ["-c", $"command -v {needs}"], "/").ExitCode != 0)
        {
            Assert.Ignore($"needs the program '{needs}', which is not on PATH");
        }

        FirstRelease(recipe, Packed.SeededCache());
    }

    static void FirstRelease(string recipe, string cache)
    {
        var consumer = new Consumer(recipe, cache).Take(recipe);
        var readme = consumer.Read("README.md").ReplaceLineEndings("\n").Split("```");
        var commands = Lines(readme[1]);
        var output = new List<string>();
        try
        {
            foreach (var command in commands)
            {
                output.AddRange(Lines("\n" + consumer.Shell(command).Succeeds().Output));
            }
        }
        finally
        {
            commands.Where(command => command.EndsWith("=Down", StringComparison.Ordinal)).ToList().ForEach(down => consumer.Shell(down));
        }

        Assert.That(consumer.Shell("git tag").Output, Does.Contain("v0.1.0"));
        Assert.That(consumer.Shell("git status --porcelain").Output, Is.Empty);
        var unseen = Unseen(readme.Length > 3 ? Lines(readme[3]) : [], output);
        Assert.That(unseen, Is.Empty, $"what the README shows and nothing printed in this order, out of:\n{string.Join('\n', output)}");
    }

    /// <summary>The lines that did not come, each after the one before; "…" stands for whatever differs from run to run.</summary>
    static List<string> Unseen(IReadOnlyList<string> shown, IReadOnlyList<string> output)
    {
        var at = 0;
        return
        [
            .. shown.Where(line =>
            {
                var pattern = $"^{Regex.Escape(line).Replace("…", ".+", StringComparison.Ordinal)}$";
                var found = Enumerable.Range(at, output.Count - at).FirstOrDefault(index => Regex.IsMatch(output[index], pattern), -1);
                at = found < 0 ? at : found + 1;
                return found < 0;
            }),
        ];
    }

    // The first line of a block names its language.
    static List<string> Lines(string block) => [.. block.Split('\n').Skip(1).Where(line => line.Length > 0)];
}
