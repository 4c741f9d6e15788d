using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Programs;

namespace Benchmarks;

/// <summary>Ledgers of any length, in the very form that the recipe writes, made by one <c>git fast-import</c>.</summary>
static class LargeLedger
{
    const int EventsEach = 20;
    const string Actor = "Ada <ada@example.com>";

    /// <summary>Makes a repository with a strategy, one commit and a ledger, and returns its folder.</summary>
    public static async Task<string> MakeAsync(string folder, int releases)
    {
        Directory.CreateDirectory(folder);
        await GitAsync(folder, "init", "-q", "-b", "main");
        await GitAsync(folder, "config", "user.name", "Ada");
        await GitAsync(folder, "config", "user.email", "ada@example.com");
        await File.WriteAllTextAsync(Path.Combine(folder, "release-strategy.yml"), "release_strategy: { application: { name: shop } }\n");
        await GitAsync(folder, "add", "-A");
        await GitAsync(folder, "commit", "-q", "-m", "feat: begin");
        if (releases > 0)
        {
            using var import = ProgramRunner.Start(new ProgramCall("git", "fast-import", "--quiet") { WorkingDirectory = folder });
            import.StandardInput.NewLine = "\n";
            Write(import.StandardInput, releases);
            import.StandardInput.Close();
            await import.WaitForExitAsync();
        }

        return folder;
    }

    static void Write(StreamWriter import, int releases)
    {
        var head = LedgerHead.Empty;
        var recent = new List<string>();
        for (var number = 1; number <= releases; number++)
        {
            var release = string.Create(CultureInfo.InvariantCulture, $"1.{number}.0");
            var events = new List<LedgerEvent>();
            foreach (var (kind, data) in Events(release))
            {
                var fact = EventHash.Chain(head, release, kind, DateTimeOffset.UnixEpoch.AddMinutes(number), Actor, data);
                head = new LedgerHead(fact.Sequence, fact.Hash, LedgerFold.Apply(head.State, fact));
                events.Add(fact);
            }

            recent.Add(release);
            Commit(import, number, release, events, head, recent);
        }
    }

    static void Commit(StreamWriter import, int number, string release, List<LedgerEvent> events, LedgerHead head, List<string> recent)
    {
        import.Write($"commit refs/heads/release-ledger\nmark :{number}\ncommitter {Actor} {number * 60} +0000\n");
        Data(import, $"{release}: all of it\n\n{LedgerAnchor.Line(head)}\n");
        if (recent.Count > LedgerTree.RecentKept)
        {
            import.Write($"R {LedgerTree.Recent(recent[0])} {LedgerTree.Archived(recent[0])}\n");
            recent.RemoveAt(0);
        }

        import.Write($"M 100644 inline {LedgerTree.Events(LedgerTree.Recent(release))}\n");
        Data(import, string.Concat(events.Select(fact => EventHash.ToLine(fact) + "\n")));
        import.Write($"M 100644 inline {LedgerTree.Head}\n");
        Data(import, new StoredHead(null, head, release, [.. recent]).ToJson());
    }

    static IEnumerable<(string Kind, JsonObject Data)> Events(string release)
    {
        yield return (EventKinds.Planned, new JsonObject { ["commit"] = new string('c', 40), ["plan"] = new string('a', 64) });
        yield return (EventKinds.Step, new JsonObject { ["step"] = "Gates", ["result"] = "done" });
        for (var move = 0; move < (EventsEach - 4) / 2; move++)
        {
            var key = $"production/{move}";
            yield return (
                EventKinds.Intent,
                new JsonObject
                {
                    ["key"] = key,
                    ["intent"] = new JsonObject { ["candidate"] = release },
                }
            );
            yield return (EventKinds.Outcome, new JsonObject { ["key"] = key, ["outcome"] = new JsonObject() });
        }

        yield return (EventKinds.Verified, new JsonObject { ["environment"] = "production", ["digest"] = new string('d', 64) });
        yield return (EventKinds.Released, new JsonObject { ["environments"] = new JsonArray("production") });
    }

    static void Data(StreamWriter import, string text) => import.Write($"data {Encoding.UTF8.GetByteCount(text)}\n{text}\n");

    static Task GitAsync(string folder, params string[] arguments) =>
        ProgramRunner.RunAsync(new ProgramCall("git", arguments) { WorkingDirectory = folder });
}
