using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Which containers of a pod template run the application: the one that the strategy file names, and all others, init containers too, whose image is
/// the application's in any version.
/// </summary>
/// <param name="container">The container's name.</param>
/// <param name="repository">The application's image, without a tag.</param>
sealed partial class ContainerImages(string container, string? repository)
{
    static readonly string[] Lists = ["containers", "initContainers"];

    /// <summary>The application's image in that template; null where no container runs it.</summary>
    public string? In(JsonNode? template) => Lists.SelectMany(list => Ours(template, list)).FirstOrDefault().Text("image");

    /// <summary>Puts another image into the template's containers.</summary>
    public void Set(JsonNode template, string image)
    {
        foreach (var item in Lists.SelectMany(list => Ours(template, list)))
        {
            item["image"] = image;
        }
    }

    /// <summary>Of a template, the images of our containers and nothing else, for server-side apply.</summary>
    public JsonObject Only(JsonNode? template, string image)
    {
        var spec = new JsonObject();
        foreach (var list in Lists)
        {
            var ours = Ours(template, list)
                .Select(item => (JsonNode)new JsonObject { ["name"] = item.Text("name"), ["image"] = image })
                .ToArray();
            if (ours.Length > 0)
            {
                spec[list] = new JsonArray(ours);
            }
        }

        return spec;
    }

    /// <summary>
    /// The image with the digest that its pods run, so that a tag that moves later changes nothing; without one where they do not tell, or differ.
    /// </summary>
    public string Pinned(string image, IEnumerable<JsonObject> pods)
    {
        if (image.Contains('@', StringComparison.Ordinal))
        {
            return image;
        }

        var digests = pods.Where(pod => pod.At("metadata", "deletionTimestamp") is null)
            .SelectMany(pod => pod.Items("status", "containerStatuses"))
            .Where(status => status.Text("name") is { } name && (name == container || Repository(status.Text("image")) == repository))
            .Select(status => Digest().Match(status.Text("imageID") ?? "").Value)
            .Distinct()
            .ToList();
        return digests is [{ Length: > 0 } digest] ? $"{image}@{digest}" : image;
    }

    IEnumerable<JsonObject> Ours(JsonNode? template, string list)
    {
        // The application's image may get another name: its containers are then known by the one that they have until now.
        var now = template.Items("spec", "containers").FirstOrDefault(item => item.Text("name") == container).Text("image");
        var names = new[] { repository, Repository(now) }.OfType<string>().ToList();
        return template
            .Items("spec", list)
            .Where(item =>
                (list == "containers" && item.Text("name") == container) || names.Contains(Repository(item.Text("image")) ?? "")
            );
    }

    /// <summary>registry:5000/name:tag@sha256:digest without tag and digest.</summary>
    static string? Repository(string? image)
    {
        var name = image?.Split('@')[0];
        var tag = name?.LastIndexOf(':') ?? -1;
        return name is not null && tag > name.LastIndexOf('/') ? name[..tag] : name;
    }

    [GeneratedRegex("(?<=@)sha256:[0-9a-f]{64}$")]
    private static partial Regex Digest();
}
