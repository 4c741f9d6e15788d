using ReleaseRecipes.Deployment;
using ReleaseRecipes.Thresholds;

/// <summary>Measures what the guests say, a file of complaints for each version.</summary>
sealed class TillMetrics : IMetricSourceKind
{
    public string Name => "till";

    public IMetricSource Open(TargetPlace place, ITarget target) => new Till(place.Root);

    sealed class Till(string root) : IMetricSource
    {
        public string Name => "till";

        public Task<Measurement> MeasureAsync(MeasurementWindow window, CancellationToken cancel)
        {
            var file = Path.Combine(root, "shelf", $"{window.Candidate}.complaints");
            var complaints = File.Exists(file) ? File.ReadLines(file).Count() : 0;
            return Task.FromResult(
                new Measurement { Candidate = new Dictionary<string, Quantity> { ["complaints"] = Quantity.Count(complaints) } }
            );
        }
    }
}
