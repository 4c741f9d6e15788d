namespace ReleaseRecipes.Deployment;

/// <summary>Stands where an environment names no source and its provider brings none: it never measures, so that nothing ever passes by it.</summary>
public sealed class NoMetricsKind : IMetricSourceKind
{
    public string Name => "none";

    public IMetricSource Open(TargetPlace place, ITarget target) => new NoMetrics();

    sealed class NoMetrics : IMetricSource
    {
        public string Name => "none";

        public Task<Measurement> MeasureAsync(MeasurementWindow window, CancellationToken cancel) =>
            Task.FromResult(new Measurement { Problem = "the environment has no metrics: name a source under metrics.provider" });
    }
}
