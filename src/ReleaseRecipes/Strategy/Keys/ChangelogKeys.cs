using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Keys;

static class ChangelogKeys
{
    public static Section<ChangelogSettings> Section { get; } =
        new(new())
        {
            {
                "file",
                Shapes.Path,
                s => s.File,
                (s, file) => s with { File = file },
                "The changelog that is kept, such as CHANGELOG.md. Without it none is kept; release notes are made all the same"
            },
            {
                "unparsed_commits",
                new ChoiceShape<UnparsedCommits>
                {
                    { "include", UnparsedCommits.Include },
                    { "warn", UnparsedCommits.Warn },
                    { "fail", UnparsedCommits.Fail },
                },
                s => s.UnparsedCommits,
                (s, policy) => s with { UnparsedCommits = policy },
                "What becomes of a commit that does not follow Conventional Commits: listed, listed with a warning, or the release fails"
            },
            { "style", Shapes.Name(names => names.ChangelogStyles), s => s.Style, (s, style) => s with { Style = style }, "How it looks" },
            {
                "contributors",
                Shapes.Flag,
                s => s.Contributors,
                (s, contributors) => s with { Contributors = contributors },
                "Whether release notes end with who took part, those who did so for the first time marked"
            },
            {
                "template",
                Shapes.Path,
                s => s.Template,
                (s, template) => s with { Template = template },
                "A Handlebars template for one release, in place of a style"
            },
        };
}
