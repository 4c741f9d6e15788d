using System.Globalization;
using System.Text;
using ReleaseRecipes.Gates.Evidence;

namespace ReleaseRecipes.Tests.Gates.Evidence;

/// <summary>A report as its tool writes it, and what it says.</summary>
public sealed record Sample(string Format, string Text, string Metrics)
{
    public byte[] Bytes => Encoding.UTF8.GetBytes(Text);

    public override string ToString() => $"{Format}: {Metrics}";

    /// <summary>Reads reports together, as a gate does, and writes what they say: <c>coverage=75% tests=3</c>.</summary>
    public static string Read(params IEnumerable<byte[]> reports) => Read(out _, reports);

    public static string Read(out string? format, params IEnumerable<byte[]> reports)
    {
        var evidence = new GateEvidence("/repository");
        format = null;
        foreach (var bytes in reports)
        {
            format = ReportReader.Read(new ReportFile("report", bytes), evidence);
        }

        return string.Join(
            ' ',
            evidence
                .Metrics()
                .OrderBy(metric => metric.Key, StringComparer.Ordinal)
                .Select(metric => string.Create(CultureInfo.InvariantCulture, $"{metric.Key}={metric.Value}"))
        );
    }
}
