using ReleaseRecipes.Changelog;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Versioning;

namespace ReleaseRecipes.Tests.Changelog;

public sealed class NotesTemplateTests
{
    [Test]
    public async Task A_template_of_ones_own_lays_the_notes_out()
    {
        using var story = new BranchStory().Tell("* feat: a | @ v1.0.0 | * feat(cart): <b> | * fix: c");
        story.Repository.Files.Write(
            "notes.hbs",
            "{{version}} after {{previous}}\n{{#each groups}}{{title}}:{{#each commits}} {{scope}}/{{description}}{{/each}}\n{{/each}}"
        );
        var decision = await story.DecideAsync(new ReleaseStrategy());

        var notes = await NotesTemplate.RenderAsync(story.Repository.Root, "notes.hbs", decision, null, default, new PlainStyle());

        Assert.That(notes, Is.EqualTo("1.1.0 after 1.0.0\nFeatures: cart/&lt;b&gt;\nBug Fixes: /c\n"));
    }

    [Test]
    public void Notes_that_are_too_long_end_with_a_line_and_say_what_is_left_out()
    {
        var notes = "## 1.0.0\n\n" + string.Concat(Enumerable.Range(0, 20_000).Select(number => $"- entry {number}\n"));

        var body = ReleaseBody.Fit(notes, whole: "https://example.org/CHANGELOG.md");

        Assert.That(body, Has.Length.LessThanOrEqualTo(ReleaseBody.GitHubLimit));
        Assert.That(body, Does.Match("- entry \\d+\\n\\n… and \\d+ more: https://example.org/CHANGELOG.md\\n$"));
    }
}
