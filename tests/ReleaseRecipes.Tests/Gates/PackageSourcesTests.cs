using ReleaseRecipes.Gates.Projects;
using ReleaseRecipes.Tests.Deployment;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Gates;

public sealed class PackageSourcesTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestCase(200, """{"resources":[{"@id":"a","@type":"PackageBaseAddress/3.0.0"}]}""", true)]
    [TestCase(200, """{"resources":[{"@id":"a","@type":"VulnerabilityInfo/6.7.0"}]}""", false)]
    [TestCase(401, "", false, TestName = "Who may not ask cannot doubt")]
    [TestCase(200, "<feed/>", false, TestName = "An older feed has no index to ask")]
    public async Task Finding_nothing_says_nothing_where_no_source_keeps_the_data(int status, string index, bool doubted)
    {
        using var feed = new LoopbackServer(_ => (status, index));
        var report = folder.Write(
            "r.json",
            $$"""{"version":1,"parameters":"--vulnerable","sources":["{{feed.Url}}","/packages"],"projects":[]}"""
        );

        var why = await PackageSources.WhyNothingIsFoundAsync(report, CancellationToken.None);

        Assert.That(why, doubted ? Does.StartWith($"None of the package sources keeps vulnerability data ({feed.Url})") : Is.Null);
    }
}
