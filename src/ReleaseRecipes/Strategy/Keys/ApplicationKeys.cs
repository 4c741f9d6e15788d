using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Keys;

static class ApplicationKeys
{
    public static Section<ApplicationSettings> Section { get; } =
        new(new())
        {
            {
                "name",
                Shapes.Text,
                s => s.Name,
                (s, name) => s with { Name = name },
                "The application's name. Without it, the repository's"
            },
            {
                "build",
                Shapes.Command,
                s => s.Build,
                (s, build) => s with { Build = build },
                "What builds it, with RELEASE_VERSION, RELEASE_TAG and RELEASE_COMMIT set. Without it, nothing is built"
            },
            {
                "artifacts",
                Shapes.Globs,
                s => s.Artifacts,
                (s, artifacts) => s with { Artifacts = artifacts },
                "What the build leaves behind: hashed into the record, and deployed"
            },
            {
                "start",
                Shapes.Command,
                s => s.Start,
                (s, start) => s with { Start = start },
                "What starts one instance; {port} is replaced, and PORT, RELEASE_VERSION and RELEASE_ENVIRONMENT are set. For provider local"
            },
            {
                "health_path",
                new TextShape(
                    "a path that begins with /",
                    path => path[0] == '/' && !path.Contains(' ', StringComparison.Ordinal),
                    "^/\\S*$"
                ),
                s => s.HealthPath,
                (s, path) => s with { HealthPath = path },
                "The path that answers 2xx when an instance is healthy"
            },
            {
                "image",
                new TextShape("a container image without a tag, such as registry.example.com/shop", IsImage, "^[a-z0-9][A-Za-z0-9._/:-]*$"),
                s => s.Image,
                (s, image) => s with { Image = image },
                "The container image, without its tag. For provider kubernetes"
            },
            {
                "image_tag",
                new TextShape(
                    "letters, digits, '.', '_', '-', {version}, {tag} and {commit}",
                    IsImageTag,
                    "^[A-Za-z0-9_{][A-Za-z0-9._{}-]*$"
                ),
                s => s.ImageTag,
                (s, tag) => s with { ImageTag = tag },
                "The image's tag; {version}, {tag} and {commit} are replaced"
            },
        };

    static bool IsImageTag(string tag)
    {
        var plain = Tokens.Aggregate(tag, (text, token) => text.Replace(token, "x", StringComparison.Ordinal));
        return plain.Length <= 128
            && plain[0] is not ('.' or '-')
            && plain.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-');
    }

    static string[] Tokens => ["{version}", "{tag}", "{commit}"];

    static bool IsImage(string image) =>
        char.IsAsciiLetterOrDigit(image[0])
        && image.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '/' or ':' or '-')
        && !image[(image.LastIndexOf('/') + 1)..].Contains(':', StringComparison.Ordinal);
}
