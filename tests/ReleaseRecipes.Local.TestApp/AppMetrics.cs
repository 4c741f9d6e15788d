using System.Diagnostics;
using System.Globalization;
using System.Text;

/// <summary>The application's own metrics in Prometheus' text format: a counter of answers by status and a histogram of response times, both by version.</summary>
sealed class AppMetrics(string version)
{
    static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
    readonly Lock turn = new();
    readonly long[] buckets = new long[Bounds.Length + 1];

    // From the first scrape on, so that the first answer is an increase.
    readonly SortedDictionary<int, long> answers = new() { [200] = 0, [500] = 0 };
    double seconds;

    /// <summary>Tells a Prometheus that reads METRICS_TARGETS where this instance is scraped (file_sd).</summary>
    public static void Announce()
    {
        if (Environment.GetEnvironmentVariable("METRICS_TARGETS") is { Length: > 0 } folder)
        {
            var port = Environment.GetEnvironmentVariable("PORT");
            File.WriteAllText(Path.Combine(folder, port + ".tmp"), $$"""[{"targets":["127.0.0.1:{{port}}"]}]""");
            File.Move(Path.Combine(folder, port + ".tmp"), Path.Combine(folder, port + ".json"), overwrite: true);
        }
    }

    /// <summary>Users' requests only: neither checks of health nor scrapes.</summary>
    public async Task MeasureAsync(HttpContext context, RequestDelegate next)
    {
        var began = Stopwatch.GetTimestamp();
        await next(context);
        if (context.Request.Path == "/")
        {
            Count(context.Response.StatusCode, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
    }

    public string Text()
    {
        var text = new StringBuilder("# TYPE http_requests_total counter\n");
        lock (turn)
        {
            foreach (var (status, count) in answers)
            {
                Line(text, "http_requests_total", $",code=\"{status}\"", count);
            }

            text.Append("# TYPE http_request_duration_seconds histogram\n");
            for (var (i, sum) = (0, 0L); i < buckets.Length; i++)
            {
                sum += buckets[i];
                var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                Line(text, "http_request_duration_seconds_bucket", $",le=\"{bound}\"", sum);
            }

            Line(text, "http_request_duration_seconds_sum", "", seconds);
            Line(text, "http_request_duration_seconds_count", "", buckets.Sum());
        }

        return text.ToString();
    }

    void Count(int status, double took)
    {
        lock (turn)
        {
            answers[status] = answers.GetValueOrDefault(status) + 1;
            var bucket = Array.FindIndex(Bounds, bound => took <= bound);
            buckets[bucket < 0 ? Bounds.Length : bucket]++;
            seconds += took;
        }
    }

    void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name}{{version=\"{version}\"{labels}}} {value}\n");
}
