using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Tests.Strategy;

public sealed class StrategyDocumentationTests
{
    [Test]
    public void The_document_is_that_of_the_reader() => Approved.Text("docs/strategy.md", StrategyDocumentation.Markdown);

    [Test]
    public void Every_metric_with_a_fixed_meaning_is_in_it() =>
        Assert.That(
            MetricNames.All.Where(metric => !StrategyDocumentation.Markdown.Contains($"| `{metric.Name}` |", StringComparison.Ordinal)),
            Is.Empty
        );
}
