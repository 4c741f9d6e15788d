namespace ReleaseRecipes.Dashboard.Delivery;

/// <summary>What came to production in one week.</summary>
/// <param name="Start">The week's Monday, UTC.</param>
/// <param name="Good">Releases that were verified and stayed.</param>
/// <param name="Failed">Releases that were taken back.</param>
sealed record WeekOfDeployments(DateOnly Start, int Good, int Failed);

/// <summary>Deployments to production week by week.</summary>
static class DeploymentTrend
{
    const int Weeks = 12;

    /// <summary>The last weeks, oldest first, those without a deployment included.</summary>
    public static IReadOnlyList<WeekOfDeployments> Of(IReadOnlyList<ProductionDeployment> all, DateTimeOffset now)
    {
        var last = Monday(now);
        return
        [
            .. Enumerable
                .Range(0, Weeks)
                .Select(week => last.AddDays(7 * (week - Weeks + 1)))
                .Select(start =>
                {
                    var own = all.Where(deployment => Monday(deployment.Failed ?? deployment.Verified!.Value) == start).ToList();
                    var failed = own.Count(deployment => deployment.Failed is not null);
                    return new WeekOfDeployments(start, own.Count - failed, failed);
                }),
        ];
    }

    static DateOnly Monday(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }
}
