using System.Globalization;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>What is noted on the main Deployment, as its annotations.</summary>
/// <param name="Version">Which version its pods are to run; null before the first release.</param>
sealed record MainMarks(string? Version)
{
    const int KeptImages = 20;

    /// <summary>The version that it ran before, while it takes the candidate's over, until all of that is done.</summary>
    public string? Replaces { get; init; }

    /// <summary>How many instances the plan asked for, whatever that comes to in pods.</summary>
    public int? Instances { get; init; }

    /// <summary>How many pods it had of its own, while the traffic makes it have others.</summary>
    public int? Pods { get; init; }

    /// <summary>The images of the versions that ran here, with their digests, oldest first.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Images { get; init; } = [];

    /// <summary>How the work is split where no Service does it: version to percent.</summary>
    public string? Weights { get; init; }

    public static MainMarks Of(JsonNode deployment) =>
        new(deployment.Note(KubernetesNames.Version))
        {
            Replaces = deployment.Note(KubernetesNames.Replaces),
            Instances = Number(deployment.Note(KubernetesNames.Instances)),
            Pods = Number(deployment.Note(KubernetesNames.Pods)),
            Images = [.. KubernetesObject.Members(deployment.Note(KubernetesNames.Images))],
            Weights = deployment.Note(KubernetesNames.Weights),
        };

    /// <summary>The image of a version that ran here; null where there is no record of it.</summary>
    public string? ImageOf(string version) => Images.LastOrDefault(image => image.Key == version).Value;

    /// <summary>With the image of a version recorded, and the oldest forgotten. A digest that is known of it stays.</summary>
    public MainMarks With(string version, string image) =>
        ImageOf(version) is { } known && (known == image || known.Split('@')[0] == image)
            ? this
            : this with
            {
                Images = [.. Images.Where(known => known.Key != version).Append(KeyValuePair.Create(version, image)).TakeLast(KeptImages)],
            };

    public JsonObject ToAnnotations()
    {
        var notes = new JsonObject();
        foreach (
            var (name, value) in new[]
            {
                (KubernetesNames.Version, Version),
                (KubernetesNames.Replaces, Replaces),
                (KubernetesNames.Instances, Text(Instances)),
                (KubernetesNames.Pods, Text(Pods)),
                (KubernetesNames.Images, Images.Count == 0 ? null : Json()),
                (KubernetesNames.Weights, Weights),
            }
        )
        {
            if (value is not null)
            {
                notes[name] = value;
            }
        }

        return notes;
    }

    string Json() => new JsonObject(Images.Select(image => KeyValuePair.Create<string, JsonNode?>(image.Key, image.Value))).ToJsonString();

    static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
