namespace Benchmarks;

/// <summary>What a ledger of 10,000 releases with 20 events each costs beside an empty one.</summary>
static class LedgerRatios
{
    const int Releases = 10_000;

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("release-benchmarks-").FullName;
        try
        {
            var empty = await LargeLedger.MakeAsync(Path.Combine(folder, "empty"), releases: 0);
            var large = await LargeLedger.MakeAsync(Path.Combine(folder, "large"), Releases);
            foreach (var (what, mode, seconds) in new[] { ("Status", "status", 0.5), ("Audit", "audit", 10.0) })
            {
                var few = await Sample.MedianAsync(() => Sample.DemandAsync(Ratios.Self(mode, empty)));
                var many = await Sample.MedianAsync(() => Sample.DemandAsync(Ratios.Self(mode, large)));
                Ratios.Tell(what + ", empty ledger", few);
                Ratios.Tell(what + ", 10,000 releases", many);
                Ratios.Print($"{what} beyond start, of {seconds} s", (many.Seconds - few.Seconds) / seconds, 1);
            }

            var first = await Sample.MedianAsync(() => Sample.DemandAsync(Ratios.Self("append", empty)));
            var last = await Sample.MedianAsync(() => Sample.DemandAsync(Ratios.Self("append", large)));
            Ratios.Tell("Twenty appends, empty ledger", first);
            Ratios.Tell("Twenty appends, 10,000 releases", last);
            Ratios.Print("Twenty appends to 10,000 releases against an empty ledger", last.Seconds / first.Seconds, 1.5);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
