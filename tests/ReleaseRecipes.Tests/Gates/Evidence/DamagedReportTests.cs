using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Gates.Evidence;

namespace ReleaseRecipes.Tests.Gates.Evidence;

/// <summary>Damaged reports are a named problem or are read as what they say: never a crash, and a failure never becomes a pass.</summary>
public sealed class DamagedReportTests
{
    static IEnumerable<Sample> Samples => [.. TestSamples.All, .. CoverageSamples.All, .. ScanSamples.All, .. LoadSamples.All];

    // The messages of govulncheck have no end and are made of optional parts: what is missing cannot show.
    static IEnumerable<Sample> Failing => [.. TestSamples.All, .. ScanSamples.All.Where(sample => sample.Format != "govulncheck")];

    [TestCaseSource(nameof(Samples))]
    public void Any_byte_may_be_another(Sample sample)
    {
        var random = new Random(7);
        for (var at = 0; at < sample.Bytes.Length; at++)
        {
            var bytes = sample.Bytes;
            bytes[at] ^= (byte)(1 << random.Next(8));
            Read(bytes);
        }
    }

    [TestCaseSource(nameof(Failing))]
    public void One_letter_changed_does_not_hide_a_failure(Sample sample)
    {
        for (var at = 0; at < sample.Bytes.Length; at++)
        {
            var bytes = sample.Bytes;
            // Digits are what the report says; a name may become another name.
            if (char.IsAsciiLetter((char)bytes[at]) || "{}[]<>\"/=:".Contains((char)bytes[at], StringComparison.Ordinal))
            {
                bytes[at] = (byte)(bytes[at] == 'Q' ? 'Z' : 'Q');
                Assert.That(Hidden(Read(bytes), sample), Is.False, () => $"changed at {at}: {Encoding.UTF8.GetString(bytes)}");
            }
        }
    }

    [TestCaseSource(nameof(Failing))]
    public void A_report_that_is_cut_off_does_not_hide_a_failure(Sample sample)
    {
        var whole = Encoding.UTF8.GetBytes(sample.Text.TrimEnd());
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.That(Hidden(Read(whole[..length]), sample), Is.False, $"cut off after {length}");
        }
    }

    [Test]
    public void Any_bytes_are_no_crash() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                Gen.Elements(
                        "",
                        "<testsuite>",
                        "{",
                        "[",
                        "TN:\n",
                        "mode: set\n",
                        "running 1 test\n",
                        "timeStamp,elapsed,success\n",
                        "Summary:\n"
                    )
                    .ToArbitrary(),
                (bytes, start) =>
                {
                    Read([.. Encoding.UTF8.GetBytes(start), .. bytes]);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void Pieces_of_reports_in_any_order_are_no_crash()
    {
        var pieces = Samples.SelectMany(sample => sample.Text.Split('\n')).Where(line => line.Length > 0).Distinct().ToArray();

        Prop.ForAll(
                Gen.Elements(pieces).NonEmptyListOf().ToArbitrary(),
                lines =>
                {
                    Read(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    /// <summary>What the report says; null where it is named as broken. Anything else that is thrown fails the test.</summary>
    static string? Read(byte[] bytes)
    {
        try
        {
            return Sample.Read(bytes);
        }
        catch (BrokenReportException)
        {
            return null;
        }
    }

    /// <summary>Whether the damaged report speaks of tests or of a scan, but of nothing bad any more.</summary>
    static bool Hidden(string? metrics, Sample sample) =>
        metrics is not null
        && (
            sample.Metrics.Contains("failed_tests", StringComparison.Ordinal)
                ? metrics.Contains("success_rate=100%", StringComparison.Ordinal)
                : metrics.Split(' ').Contains("vulnerabilities=0")
        );
}
