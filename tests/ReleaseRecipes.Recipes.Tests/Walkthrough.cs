using System.Text.RegularExpressions;

namespace ReleaseRecipes.Recipes.Tests;

/// <summary>
/// A page that is followed word by word: its <c>sh</c> blocks are typed, a block under a line that is nothing but a file's name becomes that file,
/// and what its <c>text</c> blocks show has to be printed, line after line; "…" stands for what differs from run to run.
/// </summary>
sealed partial record Walkthrough(string Script, IReadOnlyList<string> Shown)
{
    public static Walkthrough Of(string markdown)
    {
        var script = new List<string> { "set -e" };
        var shown = new List<string>();
        foreach (Match block in Block().Matches(markdown.ReplaceLineEndings("\n")))
        {
            var (name, language, content) = (block.Groups["name"].Value, block.Groups["language"].Value, block.Groups["content"].Value);
            if (name.Length > 0)
            {
                script.Add($"mkdir -p \"$(dirname '{name}')\"\ncat >'{name}' <<'END-OF-FILE'\n{content}END-OF-FILE");
            }
            else if (language is "sh")
            {
                script.Add(content);
            }
            else if (language is "text")
            {
                shown.AddRange(content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line != "…"));
            }
        }

        return new(string.Join('\n', script), shown);
    }

    /// <summary>Follows the page and stops what it started.</summary>
    public Ran Follow(Consumer consumer)
    {
        var ran = consumer.Shell(Script);
        var downs = Script.Split('\n').Where(line => line.EndsWith("=Down", StringComparison.Ordinal));
        if (ran.ExitCode != 0 && downs.FirstOrDefault() is { } down)
        {
            consumer.Shell($"cd {Path.GetDirectoryName(consumer.Find("build.sh")) ?? "."}; {down}");
        }

        ran.Succeeds();
        Assert.That(
            Unseen(ran.Output.Split('\n')),
            Is.Empty,
            $"what the page shows and nothing printed in this order, out of:\n{ran.Output}"
        );
        return ran;
    }

    IReadOnlyList<string> Unseen(string[] output)
    {
        var at = 0;
        return
        [
            .. Shown.Where(line =>
            {
                var pattern = $"^{Regex.Escape(line).Replace("…", ".+", StringComparison.Ordinal)}$";
                var found = Enumerable.Range(at, output.Length - at).FirstOrDefault(index => Regex.IsMatch(output[index], pattern), -1);
                at = found < 0 ? at : found + 1;
                return found < 0;
            }),
        ];
    }

    [GeneratedRegex(
        @"(^`(?<name>[\w./-]+)`\n\n)?^```(?<language>\w+)\n(?<content>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline
    )]
    private static partial Regex Block();
}
