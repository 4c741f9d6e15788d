namespace ReleaseRecipes.Local.Metrics;

/// <summary>A tenth of a second of one version.</summary>
sealed class Bucket(long at)
{
    public long At => at;
    public long Requests { get; set; }
    public long Errors { get; set; }
    public long Probes { get; set; }
    public long Crashes { get; set; }
    public double Seconds { get; set; }
    public List<float> Samples { get; } = [];
}

/// <summary>The sum of some buckets.</summary>
sealed class Window
{
    public long Requests { get; private set; }
    public long Errors { get; private set; }
    public long Probes { get; private set; }
    public long Crashes { get; private set; }
    public double Seconds { get; private set; }
    public List<double> Latencies { get; } = [];

    public void Add(Bucket bucket)
    {
        Requests += bucket.Requests;
        Errors += bucket.Errors;
        Probes += bucket.Probes;
        Crashes += bucket.Crashes;
        Seconds += bucket.Seconds;
        foreach (var sample in bucket.Samples)
        {
            Latencies.Add(sample);
        }
    }
}
