using ReleaseRecipes.Deployment;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Tests.Simulation;

/// <summary>Measurements that the test decides: by window, or one after the other.</summary>
public sealed class SimulatedMetrics(Func<MeasurementWindow, Measurement> answer) : IMetricSource
{
    public string Name => "simulated";

    public List<MeasurementWindow> Asked { get; } = [];

    public static Measurement ErrorRate(double rate, long requests = 1000, double baseline = 0.001) =>
        new()
        {
            Candidate = new Dictionary<string, Quantity> { ["error_rate"] = Quantity.Share(rate) },
            Baseline = new Dictionary<string, Quantity> { ["error_rate"] = Quantity.Share(baseline) },
            Requests = requests,
        };

    public static SimulatedMetrics Always(Measurement measurement) => new(_ => measurement);

    public static SimulatedMetrics InTurn(params Measurement[] measurements)
    {
        var next = 0;
        return new(_ => measurements[Math.Min(next++, measurements.Length - 1)]);
    }

    public Task<Measurement> MeasureAsync(MeasurementWindow window, CancellationToken cancel)
    {
        Asked.Add(window);
        return Task.FromResult(answer(window));
    }
}
