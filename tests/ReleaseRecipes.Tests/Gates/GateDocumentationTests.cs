using System.Text.RegularExpressions;
using ReleaseRecipes.Gates.Evidence;
using ReleaseRecipes.Gates.Projects;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Tests.Gates;

/// <summary>docs/gates.md says what the code does.</summary>
public sealed partial class GateDocumentationTests
{
    [Test]
    public void It_lists_the_kinds_of_projects_in_the_order_in_which_they_are_asked() =>
        Assert.That(FirstColumn("kind"), Is.EqualTo(ProjectKinds.InOrder.Select(kind => kind.Name)));

    [Test]
    public void It_lists_every_format_that_is_read() => Assert.That(FirstColumn("formats"), Is.EqualTo(ReportReader.Formats));

    [Test]
    public void It_lists_every_metric_with_its_meaning() =>
        Assert.That(
            Rows("metric").Select(row => (row[0].Trim('`'), row[1], row[2])),
            Is.EqualTo(MetricNames.All.Select(metric => (metric.Name, Word(metric.Unit), metric.Meaning)))
        );

    static string Word(Unit unit) =>
        unit switch
        {
            Unit.Ratio => "share",
            Unit.Duration => "time",
            _ => "number",
        };

    static IEnumerable<string> FirstColumn(string heading) => Rows(heading).Select(row => row[0]);

    /// <summary>The rows of the table whose first heading is this.</summary>
    static IEnumerable<string[]> Rows(string heading) =>
        File.ReadLines(Path.Combine(Repository.Root, "docs", "gates.md"))
            .SkipWhile(line => !Heading(line, heading))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    static bool Heading(string line, string heading) =>
        FirstCell().Match(line) is { Success: true } cell && cell.Groups[1].Value == heading;

    [GeneratedRegex(@"^\| ([^|]+?) \|")]
    private static partial Regex FirstCell();
}
