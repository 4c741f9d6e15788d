using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Simulation;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Deployment;

/// <summary>The page about deployments says what is so.</summary>
public sealed partial class DeploymentDocumentTests
{
    const string File = "docs/deployment.md";

    static string Page([CallerFilePath] string here = "") =>
        System.IO.File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", File)).ReplaceLineEndings("\n");

    static IEnumerable<TestCaseData> Rows =>
        from row in Row().Matches(Page())
        let cells = row.Value.Split('|', StringSplitOptions.TrimEntries)
        select new TestCaseData(cells[1], int.Parse(cells[2]), int.Parse(cells[3]), int.Parse(cells[4]), cells[5]);

    [Test]
    public void Its_moves_are_those_that_are_planned() =>
        Approved.Text(File, Moves().Replace(Page(), block => Plan(block.Groups[1].Value)));

    [TestCaseSource(nameof(Rows))]
    public void Measurements_are_counted_as_its_table_says(string measured, int failures, int inconclusive, int errors, string expected)
    {
        var settings = new EnvironmentSettings("production")
        {
            FailureLimit = failures,
            InconclusiveLimit = inconclusive,
            ErrorLimit = errors,
        };

        var tally = measured.Aggregate(new Tally(settings), (sum, letter) => sum.Add(new Judgement(Finding(letter), "")));

        Assert.That(
            tally.IsBreached ? "taken back"
                : tally.IsBlind ? "no evidence, at once"
                : tally.Passes ? "passes"
                : "no evidence",
            Is.EqualTo(expected)
        );
    }

    [Test]
    public void Its_table_has_rows() => Assert.That(Rows.Count(), Is.GreaterThan(10));

    [Test]
    public void A_watch_without_a_measurement_passes_nothing() =>
        Assert.That(new Tally(new EnvironmentSettings("production")).Passes, Is.False);

    [Test]
    public void Its_links_lead_somewhere() =>
        Assert.That(
            Link().Matches(Page()).Select(match => match.Groups[1].Value).Where(name => !System.IO.File.Exists(Beside(name))),
            Is.Empty
        );

    static string Plan(string type)
    {
        var environment = new EnvironmentSettings("production")
        {
            Type = type,
            Replicas = 3,
            SmokeTest = "npm run test:smoke",
        };
        var rollout = new Rollout(environment, new ApplicationSettings(), SimulatedWorld.Candidate("2.0.0"), "1.0.0");
        var moves = DeploymentStrategies
            .Named(type)
            .Plan(rollout)
            .Index()
            .Select(move => $"{move.Index + 1, 2}. {move.Item.Description}\n");
        return $"<!-- moves {type} -->\n\n```text\n{string.Concat(moves)}```\n\n<!-- end -->";
    }

    static Finding Finding(char letter) =>
        letter switch
        {
            'g' => ReleaseRecipes.Deployment.Finding.Good,
            'b' => ReleaseRecipes.Deployment.Finding.Breached,
            'e' => ReleaseRecipes.Deployment.Finding.Error,
            't' => ReleaseRecipes.Deployment.Finding.TooFew,
            _ => ReleaseRecipes.Deployment.Finding.Inconclusive,
        };

    static string Beside(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", name);

    [GeneratedRegex("<!-- moves (\\w+) -->.*?<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Moves();

    [GeneratedRegex(@"^\| [gbiet]+ \|.*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\]\(([a-z]+\.md)")]
    private static partial Regex Link();
}
