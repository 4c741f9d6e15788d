using System.IO.Compression;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Simulation;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Deployment;

/// <summary>Every package that is pushed here is restored by the NuGet client itself.</summary>
[Category("Slow")]
public sealed class NugetTargetTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static EnvironmentSettings Feed =>
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
    public async Task A_server_gets_the_package_with_the_key_and_hands_it_out_to_dotnet_restore()
    {
        using var server = new NugetServer("not-a-real-key");
        var places = new Places(new NugetTargetKind(), On(server), folder);

        var result = await places.DeployAsync(Packed("1.0.0"));

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>());
        Assert.That(server.Changes, Is.EqualTo(new[] { "PUT shop 1.0.0" }));
        Assert.That(server.Asked, Has.Some.EqualTo("GET /flat/shop/1.0.0/shop.1.0.0.nupkg"));
    }

    [Test]
    public async Task A_server_unlists_a_bad_release_and_lists_it_again_when_it_is_tried_again()
    {
        using var server = new NugetServer("not-a-real-key");
        var places = new Places(new NugetTargetKind(), On(server), folder);
        await places.DeployAsync(Packed("1.0.0"));
        places.Metrics = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(0.5));

        var bad = await places.DeployAsync(Packed("1.1.0"));
        var unlisted = server.Unlisted.ToList();
        places.Metrics = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(0));
        var again = await places.DeployAsync(Packed("1.1.0"));

        Assert.That(bad, Has.Property("Restored").True);
        Assert.That(unlisted, Is.EqualTo(new[] { "shop 1.1.0" }));
        Assert.That(again, Is.TypeOf<RolloutResult.Verified>());
        Assert.That(server.Unlisted, Is.Empty);
        Assert.That(server.Changes, Is.EqualTo(new[] { "PUT shop 1.0.0", "PUT shop 1.1.0", "DELETE shop 1.1.0", "POST shop 1.1.0" }));
    }

    [Test]
    public async Task A_server_that_refuses_the_key_says_which_variable_holds_it()
    {
        using var server = new NugetServer("another-key");

        var result = await new Places(new NugetTargetKind(), On(server), folder).DeployAsync(Packed("1.0.0"));

        Assert.That(result, Has.Property("Reason").Contains("403").And.Property("Reason").Contains("nuget.api_key_env"));
    }

    [Test]
    public async Task A_package_that_the_feed_does_not_hand_out_is_not_verified()
    {
        using var server = new NugetServer("not-a-real-key") { HandsOut = "Shop.1.0.0 with something else in it" };

        var result = await new Places(new NugetTargetKind(), On(server), folder).DeployAsync(Packed("1.0.0"));

        Assert.That(result, Is.TypeOf<RolloutResult.RolledBack>());
    }

    static EnvironmentSettings On(NugetServer server)
    {
        Environment.SetEnvironmentVariable("FEED_KEY_OF_THIS_TEST", "not-a-real-key");
        return Feed with
        {
            Nuget = new NugetSettings { Source = server.Index, ApiKeyEnv = "FEED_KEY_OF_THIS_TEST" },
        };
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
