using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>What gates found stays with the release: in its notes, and in the ledger that every clone has.</summary>
[Category("Slow")]
[Platform(Exclude = "Win")]
public sealed class GateRecordTests
{
    [Test]
    public async Task The_notes_say_what_was_flaky_and_another_clone_compares_with_what_was_measured()
    {
        using var project = new CommandProject("");
        Measure(project.First, 3, "tests > 0");
        Assert.That((await project.ReleaseAsync(project.First)).ExitCode, Is.Zero);
        var notes = File.ReadAllText(Path.Combine(project.First, "releases", "0.1.0", "RELEASE_NOTES.md"));
        var other = project.Clone();

        Measure(other, 2, "tests >= baseline.tests");
        var fewer = await project.ReleaseAsync(other);
        Measure(other, 2, "tests >= baseline.tests - 1 AND coverage >= baseline.coverage - 1%");
        var unmeasured = await project.ReleaseAsync(other);

        Assert.That(notes, Does.Contain("| suite | passed (flaky) | tests 3 &gt; 0: yes (flaky: passed only at try 2) |"));
        Assert.That((fewer.ExitCode, unmeasured.ExitCode), Is.EqualTo((1, 1)), fewer.Output + unmeasured.Output);
        Assert.That(fewer.Output + fewer.Error, Does.Contain("tests 2 >= baseline.tests 3: no"));
        Assert.That(unmeasured.Output + unmeasured.Error, Does.Contain("No release before this one measured coverage."));
    }

    /// <summary>Changes what the suite reports and what is asked of it, in a commit of its own that is pushed.</summary>
    static void Measure(string clone, int tests, string threshold)
    {
        var cases = string.Concat(Enumerable.Range(1, tests).Select(number => $"<testcase name='t{number}'/>"));
        File.WriteAllText(
            Path.Combine(clone, "release-strategy.yml"),
            $$"""
            release_strategy:
              application: { name: shop, build: "true", artifacts: ["app.txt"] }
              changelog: { file: CHANGELOG.md }
              quality_gates:
                - name: suite
                  command: test -f .git/tried && echo "<testsuite>{{cases}}</testsuite>" > $RELEASE_GATE_REPORTS/j.xml || { touch .git/tried; false; }
                  retries: 1
                  threshold: "{{threshold}}"
            """
        );
        CommandProject.Git(clone, "commit", "-q", "-a", "-m", $"feat: {threshold}");
        CommandProject.Git(clone, "push", "-q", "origin", "HEAD:main");
    }
}
