using System.Collections;
using System.Text;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Local.Metrics;

namespace ReleaseRecipes.Local.Supervision;

/// <summary>One version that runs: its instances, its measurements and the variables that its processes see.</summary>
sealed class VersionRun(string version, TimeProvider clock)
{
    volatile Instance[] instances = [];
    volatile IReadOnlyDictionary<string, string> environment = Own();
    uint turn;

    public string Version => version;
    public RequestLog Log { get; } = new(clock);
    public IReadOnlyList<Instance> Instances => instances;
    public int Healthy => instances.Count(instance => instance.State == InstanceState.Healthy);

    public IReadOnlyDictionary<string, string> Environment() => environment;

    /// <summary>The user's variables, under those of the release.</summary>
    public void Use(IReadOnlyDictionary<string, string> variables, IReadOnlyDictionary<string, string> release)
    {
        var all = new Dictionary<string, string>(variables);
        foreach (var (name, value) in release)
        {
            all[name] = value;
        }

        environment = all;
    }

    /// <summary>
    /// The variables of a process that an earlier gateway started. They are in no file, so that no secret is; a process that
    /// is started later must see the same ones nevertheless.
    /// </summary>
    public void UseThoseOf(int process)
    {
        try
        {
            var pairs = Encoding
                .UTF8.GetString(File.ReadAllBytes($"/proc/{process}/environ"))
                .Split('\0', StringSplitOptions.RemoveEmptyEntries);
            environment = pairs
                .Select(pair => pair.Split('=', 2))
                .Where(pair => pair.Length == 2)
                .DistinctBy(pair => pair[0])
                .ToDictionary(pair => pair[0], pair => pair[1]);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Only Linux shows them; elsewhere the gateway's own have to do.
        }
    }

    public void Add(Instance instance) => instances = [.. instances, instance];

    public void Remove(Instance instance) => instances = [.. instances.Where(other => other != instance)];

    /// <summary>The instances in the order in which a request should try them: each in its turn, the healthy before the doubtful.</summary>
    public IEnumerable<Instance> InTurn(bool healthy)
    {
        var now = instances;
        var first = Interlocked.Increment(ref turn);
        for (var i = 0; i < now.Length; i++)
        {
            var instance = now[(first + i) % now.Length];
            if (healthy ? instance.State == InstanceState.Healthy : instance is { WasHealthy: true, State: InstanceState.Unhealthy })
            {
                yield return instance;
            }
        }
    }

    static Dictionary<string, string> Own() =>
        System
            .Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "");
}
