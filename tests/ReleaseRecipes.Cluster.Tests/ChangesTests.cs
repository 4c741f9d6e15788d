using System.Text.Json.Nodes;
using ReleaseRecipes.Deployment;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>What the server tells by itself.</summary>
public sealed class ChangesTests : ClusterTest
{
    [Test]
    public async Task Every_change_of_an_object_is_told_as_it_happens_and_none_of_another()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var api = new KubernetesApi(null, Space);
        using var answer = await api.WatchAsync(KubernetesResource.Services, "app-production", patience.Token);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
        var first = await TypeAsync();

        await TestCluster.KubectlAsync(
            null,
            "create",
            "service",
            "externalname",
            "other",
            "--external-name=example.com",
            $"--namespace={Space}"
        );
        await TestCluster.KubectlAsync(null, "annotate", "service/app-production", "told=yes", $"--namespace={Space}");
        var second = await TypeAsync();
        await TestCluster.KubectlAsync(null, "delete", "service/app-production", $"--namespace={Space}");

        Assert.That(new[] { first, second, await TypeAsync() }, Is.EqualTo(new[] { "ADDED", "MODIFIED", "DELETED" }));

        async Task<string?> TypeAsync() => JsonNode.Parse(await lines.ReadLineAsync(patience.Token) ?? "{}").Text("type");
    }
}
