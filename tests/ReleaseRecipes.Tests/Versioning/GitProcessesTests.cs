using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Versioning;

public sealed class GitProcessesTests
{
    /// <summary>Starting a process costs more than all the work between two of them.</summary>
    [TestCase("main", TestName = "The_version_and_its_notes_take_five_processes_of_git_at_most")]
    [TestCase("HEAD^0", TestName = "The_version_and_its_notes_take_five_processes_of_git_at_most_on_a_detached_head")]
    public async Task Few_processes(string at)
    {
        using var repository = new TemporaryRepository();
        using var traces = new TemporaryFolder();
        repository.Commit("feat: begin");
        repository.Tag("v1.0.0");
        repository.Commit("fix: it");
        repository.Git("remote", "add", "origin", "https://github.com/example/shop.git");
        repository.Git("checkout", "-q", at);
        var call = Recipe.Call(repository.Root, "--target=Changelog", "--json=-");

        var result = await ProgramRunner.RunAsync(
            call with
            {
                Environment = new Dictionary<string, string?>(call.Environment) { ["GIT_TRACE2_EVENT"] = traces.Path },
            }
        );

        Assert.That(result.Output, Does.Contain("\"version\": \"1.0.1\"").And.Contain("Bug Fixes"), result.Error);
        Assert.That(Directory.GetFiles(traces.Path), Has.Length.InRange(4, 5));
    }
}
