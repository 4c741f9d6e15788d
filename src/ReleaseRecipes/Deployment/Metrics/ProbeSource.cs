using System.Diagnostics;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Measures by asking: as many requests as <c>min_requests</c> (10 to 200), a few at a time, to an address of the user's ({version} replaced) or
/// to where each version alone is reached. A 5xx answer, a refused connection and one without an answer in 10 seconds are errors.
/// </summary>
public sealed class ProbeSource(ITarget target, string? address, int wanted) : IMetricSource
{
    const int AtOnce = 4;
    static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };

    public string Name => "http";

    public async Task<Measurement> MeasureAsync(MeasurementWindow window, CancellationToken cancel)
    {
        if (await AddressAsync(window, window.Candidate, "candidate", cancel) is not { } candidateAddress)
        {
            return new Measurement { Problem = "http: the candidate has no address of its own; name one under metrics.url" };
        }

        var candidate = await ProbeAsync(candidateAddress, cancel);
        var stableAddress = window.Stable is null ? null : await AddressAsync(window, window.Stable, "stable", cancel);
        // An address without {version} reaches both versions, and tells nothing of either in comparison.
        var stable = stableAddress is null || stableAddress == candidateAddress ? null : await ProbeAsync(stableAddress, cancel);
        return new Measurement
        {
            Candidate = candidate.Values,
            CandidateLatencies = candidate.Latencies,
            Requests = candidate.Count,
            Baseline = stable?.Values ?? [],
            BaselineLatencies = stable?.Latencies ?? [],
        };
    }

    async Task<Uri?> AddressAsync(MeasurementWindow window, string version, string track, CancellationToken cancel) =>
        address is null
            ? await target.PreviewAsync(version, cancel)
            : new Uri(Templates.Fill(address, window, version, track, Uri.EscapeDataString));

    async Task<Probes> ProbeAsync(Uri uri, CancellationToken cancel)
    {
        var probes = new Probes();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Math.Clamp(wanted, 10, 200)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (_, stop) => probes.Add(await AskAsync(uri, stop))
        );
        return probes;
    }

    static async Task<(bool Good, double Seconds)> AskAsync(Uri uri, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            using var response = await Http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancel);
            return ((int)response.StatusCode < 500, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            return (false, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (false, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
    }

    sealed class Probes
    {
        readonly Lock turn = new();
        readonly List<double> latencies = [];
        int errors;

        public IReadOnlyList<double> Latencies => latencies;
        public int Count => latencies.Count;

        public Dictionary<string, Quantity> Values =>
            new(MetricValues.OfLatencies(latencies))
            {
                ["error_rate"] = Quantity.Share((double)errors / Math.Max(1, Count)),
                ["requests"] = Quantity.Count(Count),
            };

        public void Add((bool Good, double Seconds) probe)
        {
            lock (turn)
            {
                latencies.Add(probe.Seconds);
                errors += probe.Good ? 0 : 1;
            }
        }
    }
}

/// <summary>Opens probing of an environment.</summary>
public sealed class ProbeSourceKind : IMetricSourceKind
{
    public string Name => "http";

    public IMetricSource Open(TargetPlace place, ITarget target) =>
        new ProbeSource(
            target,
            place.Environment.Metrics.Url is null ? null : MetricsAddress.Of(place, "http://127.0.0.1:8080/healthz").OriginalString,
            place.Environment.MinRequests
        );
}
