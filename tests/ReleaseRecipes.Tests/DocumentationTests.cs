using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ReleaseRecipes.Tests;

/// <summary>What the pages say is so: links lead somewhere, commands exist, code is that of the recipes.</summary>
public sealed partial class DocumentationTests
{
    static string Top([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    /// <summary>Every page, relative to the repository's top.</summary>
    static IEnumerable<string> Pages() =>
        new[] { "docs", "recipes", "src/ReleaseRecipes/package", "src/Cake.Frosting/package" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Top(), folder), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Top(), file).Replace('\\', '/'))
            .Where(page => !page.Split('/').Any(part => part is "node_modules" or "bin" or "obj"))
            .Append("README.md");

    [TestCaseSource(nameof(Pages))]
    public void A_link_leads_to_a_file_and_to_a_heading_in_it(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Top(), page))!;
        var astray = Link()
            .Matches(WithoutCode(File.ReadAllText(Path.Combine(Top(), page))))
            .Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal))
            .Where(link => !LeadsSomewhere(folder, Path.GetFileName(page), link));

        Assert.That(astray, Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void A_command_names_a_target_and_arguments_that_the_recipe_knows(string page)
    {
        var wrong = Command()
            .Matches(File.ReadAllText(Path.Combine(Top(), page)))
            .Select(match => match.Groups[1].Value)
            .Where(command => !command.Contains('…', StringComparison.Ordinal) && !IsKnown(command.Split(' ')));

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void The_index_names_every_page_and_the_README_leads_to_the_index()
    {
        string Indexed(string index, string folder) =>
            string.Join(
                '\n',
                Directory
                    .EnumerateFiles(Path.Combine(Top(), folder), "*.md")
                    .Select(file => Path.GetFileName(file)!)
                    .Where(name =>
                        name != "README.md" && !File.ReadAllText(Path.Combine(Top(), index)).Contains($"({name})", StringComparison.Ordinal)
                    )
            );

        Assert.That(Indexed("docs/README.md", "docs"), Is.Empty);
        Assert.That(Indexed("docs/decisions/README.md", "docs/decisions"), Is.Empty);
        Assert.That(File.ReadAllText(Path.Combine(Top(), "README.md")), Does.Contain("(docs/README.md)"));
    }

    [Test]
    public void The_code_about_extending_is_that_of_the_recipe()
    {
        var sources = string.Concat(Directory.EnumerateFiles(Path.Combine(Top(), "recipes/extending/build"), "*.cs").Select(Source));
        var blocks = Block().Matches(Source(Path.Combine(Top(), "docs/extending.md"))).Select(match => match.Groups[1].Value);

        Assert.That(blocks.Where(block => !sources.Contains(block, StringComparison.Ordinal)), Is.Empty);
        Assert.That(blocks, Is.Not.Empty);
    }

    [Test]
    public void The_page_of_targets_has_every_target()
    {
        var page = File.ReadAllText(Path.Combine(Top(), "docs/targets.md"));

        Assert.That(
            Targets.OfTheRecipe().Select(target => target.Name).Where(name => !page.Contains($"`{name}", StringComparison.Ordinal)),
            Is.Empty
        );
    }

    [Test]
    public void The_README_stays_one_page() => Assert.That(File.ReadAllLines(Path.Combine(Top(), "README.md")), Has.Length.LessThan(160));

    static bool LeadsSomewhere(string folder, string page, string link)
    {
        var (path, heading) = link.Split('#') is [var file, var anchor] ? (file, anchor) : (link, null);
        var full = Path.Combine(folder, path.Length == 0 ? page : path);
        return heading is null
            ? Path.Exists(full)
            : File.Exists(full) && Heading().Matches(File.ReadAllText(full)).Any(match => Anchor(match.Groups[1].Value) == heading);
    }

    // As GitHub makes them.
    static string Anchor(string heading) => NoAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    static bool IsKnown(string[] arguments)
    {
        var line = CommandLine.Parse(arguments);
        try
        {
            _ = line.Options(".", "./build.sh", pushByDefault: false, line.Target ?? "Plan");
        }
        catch (ReleaseException)
        {
            return false;
        }

        string[] here = [.. Targets.OfTheRecipe().Select(target => target.Name), "Test", "Pack", "Greet"];
        return line.Target is null or "T" || here.Contains(line.Target);
    }

    static string Source(string file) => File.ReadAllText(file).ReplaceLineEndings("\n");

    static string WithoutCode(string markdown) => Code().Replace(markdown, "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?:build\.sh|build\.ps1|dotnet cake|build\.cs --) ((?:--[\w-]+(?:=[^\s`|,;)]+)?)(?: --[\w-]+(?:=[^\s`|,;)]+)?)*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex(@"^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
