using System.Text.RegularExpressions;
using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Keys;

static partial class ComponentKeys
{
    public static Section<ComponentSettings> Section { get; } =
        new(new ComponentSettings(""))
        {
            {
                "name",
                new TextShape("letters, digits, '-' and '_', beginning with a letter, at most 40", IsName, "^[A-Za-z][A-Za-z0-9_-]{0,39}$"),
                s => s.Name,
                (s, name) => s with { Name = name },
                "What it is called",
                true
            },
            {
                "path",
                new OneOrMoreShape<string>(Shapes.Path),
                s => s.Paths,
                (s, paths) => s with { Paths = [.. paths.Select(Plain)] },
                "Its folder, or a list of folders and files: a commit that changes one of them belongs to it. '.' is the whole repository",
                true
            },
            {
                "tag_prefix",
                VersioningKeys.Prefix,
                s => s.TagPrefix,
                (s, prefix) => s with { TagPrefix = prefix },
                "What stands before the version in its tags. Without it <name>/v"
            },
            {
                "files",
                Shapes.Globs,
                s => s.Files,
                (s, files) => s with { Files = files },
                "As versioning.files: read as a source of its version and stamped when it is released"
            },
            {
                "changelog",
                Shapes.Path,
                s => s.Changelog,
                (s, file) => s with { Changelog = file },
                "The changelog that is kept for it, such as packages/core/CHANGELOG.md. Without it none is kept"
            },
            {
                "depends_on",
                Shapes.Texts,
                s => s.DependsOn,
                (s, names) => s with { DependsOn = names },
                "The components that are released before it"
            },
            {
                "dependency_bump",
                new ChoiceShape<DependencyBump>
                {
                    { "patch", DependencyBump.Patch },
                    { "same", DependencyBump.Same },
                    { "none", DependencyBump.None },
                },
                s => s.DependencyBump,
                (s, bump) => s with { DependencyBump = bump },
                "What it gets when one of depends_on is released: at least a patch, at least the same bump, or nothing"
            },
            {
                "build",
                Shapes.Command,
                s => s.Build,
                (s, build) => s with { Build = build },
                "What builds it when it is released, with RELEASE_VERSION, RELEASE_TAG, RELEASE_COMMIT and RELEASE_COMPONENT set"
            },
            {
                "artifacts",
                Shapes.Globs,
                s => s.Artifacts,
                (s, artifacts) => s with { Artifacts = artifacts },
                "What its build leaves behind, beside application.artifacts"
            },
        };

    // A release is named core-1.1.0_web-2.0.1, and only one set of components may be read from such a name.
    static bool IsName(string name) => Shapes.IsSimpleName(name) && !Ambiguous().IsMatch(name);

    static string Plain(string path)
    {
        var plain = string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."));
        return plain.Length == 0 ? "." : plain;
    }

    [GeneratedRegex("-[0-9].*_")]
    private static partial Regex Ambiguous();
}
