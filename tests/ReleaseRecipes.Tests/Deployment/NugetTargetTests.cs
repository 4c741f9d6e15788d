using System.IO.Compression;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Simulation;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Deployment;

public sealed class NugetTargetTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    EnvironmentSettings Feed =>
        new("feed")
        {
            Type = "blue_green",
            Provider = "nuget",
            Interval = TimeSpan.FromMilliseconds(20),
            Measurements = 1,
            RollbackThreshold = "error_rate > 1%",
            Nuget = new NugetSettings { Source = "feed" },
        };

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task A_release_is_pushed_and_earlier_ones_stay()
    {
        var places = new Places(new NugetTargetKind(), Feed, folder);

        await places.DeployAsync(Packed("1.0.0"));
        var result = await places.DeployAsync(Packed("1.1.0"));

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>());
        Assert.That(OnFeed, Is.EqualTo(new[] { "Shop.1.0.0.nupkg", "Shop.1.1.0.nupkg" }));
    }

    [Test]
    public async Task A_bad_release_is_withdrawn()
    {
        var places = new Places(new NugetTargetKind(), Feed, folder);
        await places.DeployAsync(Packed("1.0.0"));
        places.Metrics = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(0.5));

        var result = await places.DeployAsync(Packed("1.1.0"));

        Assert.That(result, Has.Property("Restored").True);
        Assert.That(OnFeed, Is.EqualTo(new[] { "Shop.1.0.0.nupkg" }));
    }

    [Test]
    public async Task A_rollback_by_hand_withdraws_the_newest()
    {
        var places = new Places(new NugetTargetKind(), Feed, folder);
        await places.DeployAsync(Packed("1.0.0"));
        await places.DeployAsync(Packed("1.1.0"));

        await places.RollbackAsync();

        Assert.That(OnFeed, Is.EqualTo(new[] { "Shop.1.0.0.nupkg" }));
    }

    [Test]
    public async Task The_same_name_with_other_contents_is_refused()
    {
        var places = new Places(new NugetTargetKind(), Feed, folder);
        Directory.CreateDirectory(folder["feed"]);
        Pack(folder["feed/Shop.1.0.0.nupkg"], "1.0.0", "other contents");

        var result = await places.DeployAsync(Packed("1.0.0"));

        Assert.That(result, Is.TypeOf<RolloutResult.RolledBack>().With.Property("Reason").Contains("same name, other contents"));
        Assert.That(OnFeed, Is.EqualTo(new[] { "Shop.1.0.0.nupkg" }));
    }

    [Test]
    public async Task The_same_package_again_is_no_conflict()
    {
        var places = new Places(new NugetTargetKind(), Feed, folder);
        Directory.CreateDirectory(folder["feed"]);
        Pack(folder["feed/Shop.1.0.0.nupkg"], "1.0.0", "1.0.0");

        var result = await places.DeployAsync(Packed("1.0.0"));

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>());
    }

    [Test]
    public async Task A_package_of_another_version_is_refused()
    {
        var places = new Places(new NugetTargetKind(), Feed, folder);

        var result = await places.DeployAsync(Packed("1.0.0") with { Version = "1.0.1" });

        Assert.That(result, Is.TypeOf<RolloutResult.RolledBack>().With.Property("Reason").Contains("does not have the release's version"));
    }

    [Test]
    public async Task A_server_gets_the_package_with_the_key_and_is_read_back()
    {
        byte[]? kept = null;
        var keys = new List<string?>();
        using var server = new LoopbackServer(
            (request, url) =>
            {
                if (request.RawUrl == "/index.json")
                {
                    return (
                        200,
                        System.Text.Encoding.UTF8.GetBytes(
                            $$"""{"resources":[{"@id":"{{url}}flat","@type":"PackageBaseAddress/3.0.0"},{"@id":"{{url}}push","@type":"PackagePublish/2.0.0"}]}"""
                        )
                    );
                }

                if (request.HttpMethod == "PUT")
                {
                    keys.Add(request.Headers["X-NuGet-ApiKey"]);
                    kept = File.ReadAllBytes(folder["dist/Shop.1.0.0.nupkg"]);
                    return (201, []);
                }

                return kept is null ? (404, []) : (200, kept);
            }
        );
        Environment.SetEnvironmentVariable("FEED_KEY_OF_THIS_TEST", "not-a-real-key");
        var settings = Feed with
        {
            Nuget = new NugetSettings { Source = server.Url + "index.json", ApiKeyEnv = "FEED_KEY_OF_THIS_TEST" },
        };

        var result = await new Places(new NugetTargetKind(), settings, folder).DeployAsync(Packed("1.0.0"));

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>());
        Assert.That(keys, Is.EqualTo(new[] { "not-a-real-key" }));
    }

    string[] OnFeed => [.. Directory.EnumerateFiles(folder["feed"]).Select(file => Path.GetFileName(file)).Order()];

    Candidate Packed(string version)
    {
        Directory.CreateDirectory(folder["dist"]);
        var name = $"Shop.{version}.nupkg";
        Pack(folder["dist/" + name], version, version);
        return SimulatedWorld.Candidate(version) with { Root = folder["dist"], Files = [name] };
    }

    static void Pack(string path, string version, string content)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        Write(zip, "Shop.nuspec", $"<package><metadata><id>Shop</id><version>{version}</version></metadata></package>");
        Write(zip, "lib/net10.0/Shop.dll", content);
    }

    static void Write(ZipArchive zip, string name, string content)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(content);
    }
}
