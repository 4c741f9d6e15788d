namespace ReleaseRecipes.Dashboard.Delivery;

/// <summary>How software is delivered, by four of DORA's measures over the last three months. Null: there is no data, which is neither good nor bad.</summary>
/// <param name="Frequency">Releases verified in production, per week.</param>
/// <param name="LeadTime">From a change's commit to its release being verified in production, the median of all changes.</param>
/// <param name="FailRate">Releases that were taken back from production, of all that were deployed there.</param>
/// <param name="Recovery">From the first users of a bad release to production serving a good one again, the median.</param>
sealed record DeliveryMeasures(double? Frequency, TimeSpan? LeadTime, double? FailRate, TimeSpan? Recovery)
{
    const int Days = 90;

    public static DeliveryMeasures None { get; } = new(null, null, null, null);

    public static DeliveryMeasures Of(IReadOnlyList<ProductionDeployment> all, DateTimeOffset now)
    {
        var since = now.AddDays(-Days);
        var recent = all.Where(deployment => (deployment.Failed ?? deployment.Verified) >= since).ToList();
        var verified = recent.Where(deployment => deployment.Verified >= since).ToList();
        if (recent.Count == 0)
        {
            return None;
        }

        var first = all.Min(deployment => deployment.Verified ?? deployment.Failed!.Value);
        // A repository that began last week did not release rarely before.
        var weeks = Math.Max(1, (now - (first > since ? first : since)).TotalDays / 7);
        return new DeliveryMeasures(
            verified.Count / weeks,
            Median(
                verified
                    .SelectMany(deployment => deployment.Commits.Select(at => deployment.Verified!.Value - at))
                    .Where(lead => lead > TimeSpan.Zero)
            ),
            (double)recent.Count(deployment => deployment.Failed is not null) / recent.Count,
            Median(
                recent
                    .Where(deployment => deployment.Recovered is not null)
                    .Select(deployment => deployment.Recovered!.Value - deployment.Failed!.Value)
            )
        );
    }

    static TimeSpan? Median(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
