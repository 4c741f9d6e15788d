namespace ReleaseRecipes.Deployment;

/// <summary>
/// The baseline of a stable version that has no traffic any more: what was measured of it in the interval before it lost it. Without
/// this, nothing could be compared after a blue-green switch or at a canary's last step.
/// </summary>
/// <param name="metrics">Where measurements come from.</param>
/// <param name="lost">When the stable version lost its traffic; null while it has some.</param>
/// <param name="interval">How long before that is looked back.</param>
public sealed class Baselines(IMetricSource metrics, DateTimeOffset? lost, TimeSpan interval)
{
    Measurement? earlier;

    /// <summary>The measurement with its baseline, from now or from before.</summary>
    public async Task<Measurement> CompleteAsync(Measurement measured, MeasurementWindow window, CancellationToken cancel)
    {
        if (lost is not { } until || window.Stable is null || measured.Problem is not null)
        {
            return measured;
        }

        earlier ??= await metrics.MeasureAsync(window with { From = until - interval, To = until }, cancel);
        return measured with { Baseline = earlier.Baseline, BaselineLatencies = earlier.BaselineLatencies };
    }
}
