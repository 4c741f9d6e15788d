using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Deployment.Local;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Local.Tests.Support;

/// <summary>One local environment with real processes, brought down at the end of its test.</summary>
sealed class Machine : IAsyncDisposable
{
    readonly TemporaryFolder folder = new();
    readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(2) };

    public Machine(string environment = "production") =>
        Environment = new EnvironmentSettings(environment) { Interval = TimeSpan.FromSeconds(2) };

    /// <summary>The application that the tests deploy.</summary>
    public static string App =>
        typeof(Machine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(value => value.Key == "TestApp").Value!;

    public EnvironmentSettings Environment { get; set; }
    public string Start { get; set; } = "dotnet ReleaseRecipes.Local.TestApp.dll";
    public long Fence { get; set; } = 1;
    public List<string> News { get; } = [];

    public string GitDirectory => folder.Path;
    public EnvironmentFolder Files => EnvironmentFolder.Of(GitDirectory, Environment.Name);

    public LocalTarget Target =>
        new(new TargetPlace(Environment, new ApplicationSettings { Start = Start }, folder.Path, GitDirectory, Fence));

    /// <summary>Installs the test's application, ill in the ways that are named.</summary>
    public async Task InstallAsync(string version, int instances = 1, string ill = "")
    {
        Start = $"dotnet ReleaseRecipes.Local.TestApp.dll {ill}".TrimEnd();
        await Target.InstallAsync(version, Candidate(version), instances, new Lines(News), CancellationToken.None);
    }

    public Task ShiftAsync(params (string Version, int Weight)[] weights) =>
        Target.ShiftAsync(weights.ToDictionary(pair => pair.Version, pair => pair.Weight), CancellationToken.None);

    public Task RetireAsync(string version) => Target.RetireAsync(version, CancellationToken.None);

    public async Task<IReadOnlyList<RunningVersion>> VersionsAsync() => (await Target.ReadAsync(CancellationToken.None)).Versions;

    public Task<Measurement> MeasureAsync(string candidate, string? stable = null) =>
        Target.MeasureAsync(
            new MeasurementWindow(
                Environment.Name,
                candidate,
                stable,
                DateTimeOffset.UtcNow.AddMinutes(-5),
                DateTimeOffset.UtcNow.AddSeconds(1)
            ),
            CancellationToken.None
        );

    /// <summary>Where users reach the environment.</summary>
    public async Task<Uri> UrlAsync() => (await Target.ReadAsync(CancellationToken.None)).Url!;

    public async Task<string> GetAsync(string path) => await http.GetStringAsync(new Uri(await UrlAsync(), path));

    public HttpClient Http => http;

    public GatewayPlace Gateway =>
        System.Text.Json.JsonSerializer.Deserialize(WholeFile.Read(Files.Gateway)!, LocalJson.Default.GatewayPlace)!;

    public ProcessIdentity Watchdog =>
        System.Text.Json.JsonSerializer.Deserialize(WholeFile.Read(Files.Watchdog)!, LocalJson.Default.ProcessIdentity)!;

    public static void Kill(ProcessIdentity process)
    {
        try
        {
            using var running = Process.GetProcessById(process.Id);
            running.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    /// <summary>Tells the gateway to give way to a new one.</summary>
    public async Task HandOverAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{Gateway.Control}/handover");
        request.Headers.Authorization = new("Bearer", await File.ReadAllTextAsync(Files.Token));
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits for something that other processes bring about.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var began = Stopwatch.GetTimestamp(); !await condition(); await Task.Delay(20))
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(1))
            {
                Assert.Fail($"In a minute it did not come to this: {what}.");
            }
        }
    }

    public static Candidate Candidate(string version)
    {
        var files = Directory
            .GetFiles(App)
            .Where(file => Path.GetExtension(file) is ".dll" or ".json")
            .Select(file => Path.GetFileName(file)!)
            .Order(StringComparer.Ordinal)
            .ToList();
        return new Candidate(version, "v" + version, new string('a', 40), Digest(App, files)) { Files = files, Root = App };
    }

    public static string Digest(string root, IEnumerable<string> files) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                string.Concat(
                        files.Select(file =>
                            $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(root, file))))}  {file}\n"
                        )
                    )
                    .Select(letter => (byte)letter)
                    .ToArray()
            )
        );

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await LocalEnvironments.DownAsync(GitDirectory);
        folder.Dispose();
    }

    sealed class Lines(List<string> news) : IProgress<string>
    {
        public void Report(string value) => news.Add(value);
    }
}
