using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Keys;

static class VersioningKeys
{
    public static Section<VersioningSettings> Section { get; } =
        new(new())
        {
            {
                "scheme",
                new ChoiceShape<VersionScheme>
                {
                    { "semantic", VersionScheme.Semantic },
                    { "calendar", VersionScheme.Calendar },
                    { "sequential", VersionScheme.Sequential },
                },
                s => s.Scheme,
                (s, scheme) => s with { Scheme = scheme },
                "How versions are named: semver.org, calver.org, or one number"
            },
            {
                "format",
                Shapes.Text,
                s => s.Format,
                (s, format) => s with { Format = format },
                "MAJOR.MINOR.PATCH for semantic, the tokens of calver.org (YYYY.0M.MICRO) for calendar, BUILD for sequential"
            },
            {
                "pre_release_suffix",
                new TextShape("letters, digits and '-', such as rc", IsIdentifier, "^[0-9A-Za-z-]+$"),
                s => s.PreReleaseSuffix,
                (s, suffix) => s with { PreReleaseSuffix = suffix },
                "The label of pre-releases: rc makes 1.4.0-rc.1"
            },
            {
                "build_metadata",
                Shapes.Flag,
                s => s.BuildMetadata,
                (s, metadata) => s with { BuildMetadata = metadata },
                "Whether the commit (+1a2b3c4) is added in the record and the artefacts, never in the tag"
            },
            {
                "tag_prefix",
                Prefix,
                s => s.TagPrefix,
                (s, prefix) => s with { TagPrefix = prefix },
                "What stands before the version in a tag's name"
            },
            {
                "initial_version",
                new TextShape("a version such as 0.1.0", version => char.IsAsciiDigit(version[0]) && Shapes.IsRef(version), "^[0-9]"),
                s => s.InitialVersion,
                (s, version) => s with { InitialVersion = version },
                "The first version, where no tag has one"
            },
            {
                "files",
                Shapes.Globs,
                s => s.Files,
                (s, files) => s with { Files = files },
                "Files whose version is read as a source and stamped at release: package.json, pyproject.toml, Directory.Build.props, …"
            },
            {
                "bumps",
                new TableShape("commit types", Shapes.IsSimpleName, Shapes.Words("major", "minor", "patch", "none")),
                s => s.Bumps,
                (s, bumps) => s with { Bumps = bumps },
                "What a commit of a type raises, in place of the usual (feat: minor; fix, perf, revert: patch; others: none)"
            },
            {
                "breaking_footer",
                new ChoiceShape<bool> { { "lenient", false }, { "strict", true } },
                s => s.StrictBreakingFooter,
                (s, strict) => s with { StrictBreakingFooter = strict },
                "Whether a breaking change may be told anywhere in the body, or only where the specification has it"
            },
            {
                "zero_major",
                new ChoiceShape<bool> { { "major", false }, { "minor", true } },
                s => s.ZeroMajorBumpsMinor,
                (s, minor) => s with { ZeroMajorBumpsMinor = minor },
                "What a breaking change raises while the version begins with 0"
            },
        };

    /// <summary>The beginning of tags.</summary>
    public static Shape<string> Prefix =>
        new TextShape("what a tag may begin with, such as v or shop/v", Shapes.IsRef, "^[A-Za-z0-9._/@+-]*$");

    static bool IsIdentifier(string text) => text.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');
}
