using System.Xml.Linq;

/// <summary>What the test projects reported. A project without a report did not pass.</summary>
sealed class TestResults(string folder)
{
    readonly IReadOnlyList<XDocument> reports = [.. Directory.EnumerateFiles(folder, "*.trx").Select(XDocument.Load)];

    public IEnumerable<string> Problems(IEnumerable<string> projects) =>
        projects
            .Where(project => !reports.Any(report => Storages(report).Contains($"{project}.dll", StringComparer.OrdinalIgnoreCase)))
            .Select(project => $"{project} reported nothing");

    public override string ToString()
    {
        var (passed, failed, skipped) = (Count("Passed"), Count("Failed"), Count("NotExecuted"));
        failed += reports.Count == 0 ? 1 : 0;
        return $"{passed} passed, {failed} failed" + (skipped > 0 ? $", {skipped} skipped" : "");
    }

    int Count(string outcome) =>
        reports.Sum(report =>
            report
                .Descendants()
                .Count(element => element.Name.LocalName == "UnitTestResult" && (string?)element.Attribute("outcome") == outcome)
        );

    static IEnumerable<string> Storages(XDocument report) =>
        report
            .Descendants()
            .Where(element => element.Name.LocalName == "TestMethod")
            .Select(element => Path.GetFileName((string?)element.Attribute("codeBase") ?? ""))
            .Distinct();
}
