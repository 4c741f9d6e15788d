using System.Text;
using ReleaseRecipes.Output;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Programs;

public sealed class OutputLogTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Of_a_flood_the_head_and_the_tail_are_kept()
    {
        var text = Written(
            log => Enumerable.Range(0, 10_000).ToList().ForEach(i => log.Note($"line {i}")),
            headLimit: 2000,
            tailLimit: 1000
        );

        Assert.That(
            text,
            Does.StartWith("line 0\nline 1\n").And.EndWith("line 9998\nline 9999\n").And.Contain("bytes of output are left out here")
        );
        Assert.That(text, Has.Length.LessThan(4000));
    }

    [Test]
    public void An_output_that_is_just_over_the_head_is_whole()
    {
        var text = Written(
            log => Enumerable.Range(0, 100).ToList().ForEach(i => log.Note($"line {i:000}")),
            headLimit: 500,
            tailLimit: 1000
        );

        Assert.That(text.Split('\n').Count(line => line.StartsWith("line", StringComparison.Ordinal)), Is.EqualTo(100));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(4096)]
    public void A_secret_is_masked_wherever_the_chunks_end(int chunk)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("före s3cret-value efter\n", 200)));

        var text = Written(log =>
        {
            for (var at = 0; at < bytes.Length; at += chunk)
            {
                log.Write(bytes.AsSpan(at, Math.Min(chunk, bytes.Length - at)));
            }
        });

        Assert.That(text, Is.EqualTo(string.Concat(Enumerable.Repeat("före *** efter\n", 200))));
    }

    [Test]
    public void A_secret_in_a_line_without_an_end_is_not_cut_in_two()
    {
        var text = Written(
            log => log.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("xs3cret-value", 60_000)))),
            headLimit: 2_000_000
        );

        Assert.That(text, Is.EqualTo(string.Concat(Enumerable.Repeat("x***", 60_000))));
    }

    [Test]
    public void The_last_lines_are_the_last_state_of_each()
    {
        using var log = new OutputLog(folder["log"], new Secrets(["s3cret-value"]));

        log.Note("first");
        log.Write("10%\r50%\r100%\n\ns3cret-value\nunfinished"u8);

        Assert.That(log.LastLines(3), Is.EqualTo(["100%", "***", "unfinished"]));
    }

    string Written(Action<OutputLog> write, long headLimit = 1_000_000, int tailLimit = 100_000)
    {
        using (var log = new OutputLog(folder["log"], new Secrets(["s3cret-value"]), headLimit, tailLimit))
        {
            write(log);
        }

        return File.ReadAllText(folder["log"]);
    }
}
