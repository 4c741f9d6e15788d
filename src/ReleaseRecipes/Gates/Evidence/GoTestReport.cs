using System.Text.Json;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>The events of <c>go test -json</c>.</summary>
sealed class GoTestReport : IJsonStream
{
    public string Name => "go test JSON";

    /// <summary>What a person reads of an event: the output that stands inside it.</summary>
    public static string Shown(string line)
    {
        try
        {
            using var one = JsonDocument.Parse(line);
            return one.RootElement.Text("Output") ?? "";
        }
        catch (JsonException)
        {
            return line + "\n";
        }
    }

    public bool Fits(JsonElement first) => first.Has("Action") && (first.Has("Package") || first.Has("ImportPath"));

    public void Read(IEnumerable<JsonElement> values, GateEvidence evidence)
    {
        var tests = new Dictionary<(string Package, string Test), string>();
        var packages = new Dictionary<string, string>(StringComparer.Ordinal);
        DateTimeOffset? last = null;
        foreach (var one in values)
        {
            var action = one.Text("Action") ?? throw new FormatException("an event has no Action");
            last = Times.Of(one.Text("Time")) ?? last;
            if (one.Text("Package") is not { } package)
            {
                continue;
            }

            packages.TryAdd(package, "run");
            if (one.Text("Test") is { } test)
            {
                Note(tests, (package, test), action);
            }
            else
            {
                Note(packages, package, action);
            }
        }

        if (packages.Where(package => package.Value == "run").Select(package => package.Key).FirstOrDefault() is { } unfinished)
        {
            throw new FormatException($"it ends before the package {unfinished} does");
        }

        if (last is { } written)
        {
            evidence.WrittenAt(written);
        }

        // A package may fail without a test that does: it does not compile, or it ended the process.
        var withFailures = tests.Where(test => test.Value is not ("pass" or "skip")).Select(test => test.Key.Package).ToHashSet();
        var broken = packages
            .Where(package => package.Value == "fail" && !withFailures.Contains(package.Key))
            .Select(package => package.Key)
            .ToList();
        evidence.Add(
            Name,
            new TestCounts(
                tests.Values.LongCount(end => end == "pass"),
                tests.Values.LongCount(end => end is not ("pass" or "skip")) + broken.Count,
                tests.Values.LongCount(end => end == "skip")
            ),
            [
                .. tests.Select(test => new ReportedTest($"{test.Key.Package} {test.Key.Test}", test.Value is not ("pass" or "skip"))),
                .. broken.Select(package => new ReportedTest(package, Failed: true)),
            ]
        );
    }

    // A test that began and never ended took the process with it.
    static void Note<TKey>(Dictionary<TKey, string> ends, TKey key, string action)
        where TKey : notnull
    {
        if (action is "pass" or "fail" or "skip")
        {
            ends[key] = ends.GetValueOrDefault(key) == "fail" ? "fail" : action;
        }
        else
        {
            ends.TryAdd(key, "run");
        }
    }
}
