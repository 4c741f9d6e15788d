using System.Xml.Linq;

/// <summary>What the test projects reported. A project without a report did not pass.</summary>
sealed class TestResults(string folder)
{
    readonly IReadOnlyList<XDocument> reports = [.. Directory.EnumerateFiles(folder, "*.trx").Select(XDocument.Load)];

    public IEnumerable<string> Problems(IEnumerable<string> projects) =>
        projects
            .Where(project => !reports.Any(report => Storages(report).Contains($"{project}.dll", StringComparer.OrdinalIgnoreCase)))
            .Select(project => $"{project} reported nothing");

    /// <summary>The tests that ended so, each as class and method, once for every case.</summary>
    public IReadOnlyList<string> Methods(string outcome) => [.. reports.SelectMany(report => Methods(report, outcome))];

    /// <summary>The sum, with those counted as passed that failed first and passed when they were run again.</summary>
    public string Sum(int flaky)
    {
        var (passed, failed, skipped) = (Methods("Passed").Count + flaky, Methods("Failed").Count - flaky, Methods("NotExecuted").Count);
        failed += reports.Count == 0 ? 1 : 0;
        return $"{passed} passed, {failed} failed" + (skipped > 0 ? $", {skipped} skipped" : "");
    }

    static IEnumerable<string> Methods(XDocument report, string outcome)
    {
        var names = Elements(report, "UnitTest")
            .ToDictionary(
                test => (string?)test.Attribute("id") ?? "",
                test => Name(test.Elements().First(child => child.Name.LocalName == "TestMethod"))
            );
        return Elements(report, "UnitTestResult")
            .Where(result => (string?)result.Attribute("outcome") == outcome)
            .Select(result => names[(string?)result.Attribute("testId") ?? ""]);
    }

    // The arguments of a case are no part of the name that a filter takes.
    static string Name(XElement method) =>
        $"{(string?)method.Attribute("className")}.{((string?)method.Attribute("name") ?? "").Split('(')[0]}";

    static IEnumerable<XElement> Elements(XDocument report, string name) =>
        report.Descendants().Where(element => element.Name.LocalName == name);

    static IEnumerable<string> Storages(XDocument report) =>
        report
            .Descendants()
            .Where(element => element.Name.LocalName == "TestMethod")
            .Select(element => Path.GetFileName((string?)element.Attribute("codeBase") ?? ""))
            .Distinct();
}
