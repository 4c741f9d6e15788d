namespace ReleaseRecipes.Local.Metrics;

/// <summary>What one version answered in the last hour: exact counts for every tenth of a second, and its response times.</summary>
sealed class RequestLog(TimeProvider clock)
{
    const int Resolution = 100;
    const int SamplesInBucket = 64;
    const int HourOfBuckets = 36_000;
    readonly Lock sync = new();
    readonly List<Bucket> buckets = [];

    /// <summary>Notes one request: how long the answer took to begin, and whether it was one.</summary>
    public void Record(TimeSpan took, bool error, bool probe)
    {
        lock (sync)
        {
            var bucket = Now();
            bucket.Requests++;
            bucket.Errors += error ? 1 : 0;
            bucket.Probes += probe ? 1 : 0;
            bucket.Seconds += took.TotalSeconds;
            Keep(bucket, (float)took.TotalSeconds);
        }
    }

    /// <summary>Notes that an answer which had begun well broke off.</summary>
    public void Broke()
    {
        lock (sync)
        {
            Now().Errors++;
        }
    }

    /// <summary>Notes that an instance ended by itself.</summary>
    public void Crashed()
    {
        lock (sync)
        {
            Now().Crashes++;
        }
    }

    /// <summary>How many requests there were in the last second.</summary>
    public long Recent()
    {
        var from = Milliseconds() - 1000;
        lock (sync)
        {
            var requests = 0L;
            for (var i = buckets.Count - 1; i >= 0 && buckets[i].At > from; i--)
            {
                requests += buckets[i].Requests;
            }

            return requests;
        }
    }

    /// <summary>What there was from one moment, inclusive, to another, exclusive, in milliseconds since 1970; to the tenth of a second.</summary>
    public Window Between(long from, long to)
    {
        lock (sync)
        {
            var window = new Window();
            foreach (var bucket in buckets.Where(bucket => bucket.At > from - Resolution && bucket.At < to))
            {
                window.Add(bucket);
            }

            window.Latencies.Sort();
            return window;
        }
    }

    Bucket Now()
    {
        var at = Milliseconds() / Resolution * Resolution;
        // A clock that was set back must not open a second bucket for the same moment.
        if (buckets is [.., var newest] && newest.At >= at)
        {
            return newest;
        }

        if (buckets.Count >= HourOfBuckets + 600)
        {
            buckets.RemoveRange(0, buckets.Count - HourOfBuckets);
        }

        buckets.Add(new Bucket(at));
        return buckets[^1];
    }

    static void Keep(Bucket bucket, float seconds)
    {
        if (bucket.Samples.Count < SamplesInBucket)
        {
            bucket.Samples.Add(seconds);
        }
        else if (Random.Shared.NextInt64(bucket.Requests) is < SamplesInBucket and var place)
        {
            // Every request of the bucket has the same chance to be among the kept ones.
            bucket.Samples[(int)place] = seconds;
        }
    }

    long Milliseconds() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
