extern alias gateway;

using gateway::ReleaseRecipes.Local.Supervision;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Local.Tests;

public sealed class LogFileTests
{
    [Test]
    public void However_much_an_instance_writes_ten_megabytes_of_it_are_kept()
    {
        using var folder = new TemporaryFolder();
        var log = folder["instance.log"];
        File.AppendAllLines(log, Enumerable.Range(1, 400_000).Select(line => $"line {line} of what it has to say"));
        LogFile.Bound(log);
        var emptied = new FileInfo(log).Length;
        File.AppendAllLines(log, ["and on it goes"]);
        LogFile.Bound(log);

        Assert.That(emptied, Is.Zero);
        Assert.That(LogFile.Tail(log, 3), Is.EqualTo(new[] { "and on it goes" }));
        Assert.That(new FileInfo(log + ".1").Length, Is.EqualTo(5 * 1024 * 1024));
        Assert.That(LogFile.Tail(log + ".1", 1), Is.EqualTo(new[] { "line 400000 of what it has to say" }));
    }
}
