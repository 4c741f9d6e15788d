using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Deployment.Kubernetes;

/// <summary>The examples of the page about Kubernetes.</summary>
public static partial class KubernetesPage
{
    /// <summary>What a reader would hand to kubectl.</summary>
    public static IReadOnlyList<string> Manifests => [.. Blocks().Where(IsManifest)];

    /// <summary>What a reader would write into the strategy file.</summary>
    public static IReadOnlyList<ReleaseStrategy> Strategies =>
        [.. Blocks().Where(block => !IsManifest(block)).Select(block => StrategyFile.Read(Whole(block), "docs/kubernetes.md"))];

    static IEnumerable<string> Blocks([CallerFilePath] string here = "") =>
        Example()
            .Matches(
                File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../../docs/kubernetes.md")).ReplaceLineEndings("\n")
            )
            .Select(block => block.Groups[1].Value);

    static bool IsManifest(string block) => block.StartsWith("apiVersion:", StringComparison.Ordinal);

    /// <summary>With what the page says is needed besides.</summary>
    static string Whole(string block) =>
        $"release_strategy:\n  application: {{ name: shop, image: example.com/shop }}\n{Line().Replace(block, "  $0")}";

    [GeneratedRegex("^```yaml\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("^.+$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
