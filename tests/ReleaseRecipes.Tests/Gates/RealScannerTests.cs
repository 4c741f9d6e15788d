using ReleaseRecipes.Gates;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Deployment;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Gates;

/// <summary>Scanners and load generators themselves, on what they find in a few lines and on a server of the test's own.</summary>
[Platform(Exclude = "Win")]
[Category("Slow")]
public sealed class RealScannerTests : IDisposable
{
    const string Advisory =
        """{"lodash":[{"id":1106913,"url":"https://example.com/a","title":"Command Injection","severity":"high","vulnerable_versions":"<4.17.21","cwe":[],"cvss":{"score":7.2,"vectorString":null}}]}""";

    readonly GateStage stage = new();

    public void Dispose() => stage.Dispose();

    [TestCase(200, Advisory, GateVerdict.Failed, "high_vulnerabilities 1 = 0: no")]
    [TestCase(200, "{}", GateVerdict.Passed, "high_vulnerabilities 0 = 0: yes")]
    [TestCase(503, "", GateVerdict.Failed, "the audit did not succeed")]
    [TestCase(200, "<html>Log in</html>", GateVerdict.Failed, "the audit did not succeed")]
    public async Task Npm_audit(int status, string answer, GateVerdict verdict, string reason)
    {
        Needs.Program("npm");
        // Where there is an advisory, npm asks for the package itself too: for what depends on it.
        using var registry = new LoopbackServer(request =>
            request.HttpMethod == "GET"
                ? (200, """{ "name": "lodash", "versions": { "4.17.20": { "name": "lodash", "version": "4.17.20" } } }""")
                : (status, answer)
        );
        stage.Folder.Write(".npmrc", $"registry={registry.Url}\nfetch-retries=0\n");
        stage.Folder.Write("package.json", """{ "name": "shop", "version": "1.0.0", "dependencies": { "lodash": "4.17.20" } }""");
        stage.Folder.Write(
            "package-lock.json",
            """
            { "name": "shop", "version": "1.0.0", "lockfileVersion": 3, "packages": {
              "": { "name": "shop", "version": "1.0.0", "dependencies": { "lodash": "4.17.20" } },
              "node_modules/lodash": { "version": "4.17.20" } } }
            """
        );

        var gate = await RunAsync(new GateSettings("security_scan") { Threshold = "high_vulnerabilities = 0" });

        Assert.That(gate.Verdict, Is.EqualTo(verdict), gate.Reason);
        Assert.That(gate.Reason, Does.Contain(reason));
    }

    [TestCase("eval(input())", GateVerdict.Failed)]
    [TestCase("print(1)", GateVerdict.Passed)]
    public async Task Bandit(string line, GateVerdict verdict)
    {
        Needs.Program("bandit");
        stage.Folder.Write("setup.py", line + "\n");

        var gate = await RunAsync(new GateSettings("security_scan") { Threshold = "medium_vulnerabilities = 0" });

        Assert.That(gate.Verdict, Is.EqualTo(verdict), gate.Reason);
        Assert.That(
            gate.Reason.Contains("B307 ./setup.py:1 (medium)", StringComparison.Ordinal),
            Is.EqualTo(verdict == GateVerdict.Failed)
        );
    }

    [TestCase("wrk", "wrk -d1s -c2 -t1 --latency", 200, 0)]
    [TestCase("wrk", "wrk -d1s -c2 -t1 --latency", 500, 1)]
    [TestCase("hey", "hey -n 400 -c 2", 200, 0)]
    [TestCase("hey", "hey -n 400 -c 2", 500, 1)]
    public async Task Load(string program, string command, int status, double errorRate)
    {
        Needs.Program(program);
        using var server = new LoopbackServer(_ => (status, "hello"));

        var gate = await RunAsync(
            new GateSettings("performance_tests")
            {
                Command = $"{command} {server.Url} > \"$RELEASE_GATE_REPORTS/load.txt\"; cat \"$RELEASE_GATE_REPORTS/load.txt\"",
                Threshold = "error_rate <= 1%",
            }
        );

        Assert.That(gate.Verdict, Is.EqualTo(errorRate > 0 ? GateVerdict.Failed : GateVerdict.Passed), gate.Reason);
        Assert.That(gate.Metrics["error_rate"].Value, Is.EqualTo(errorRate));
        var asked = server.Asked.Count;
        // The last answers may be on their way when wrk ends.
        Assert.That(gate.Metrics["requests"].Value, program == "hey" ? Is.EqualTo(asked) : Is.InRange(asked - 10, asked));
        Assert.That(
            gate.Metrics["p99_response_time"].Value,
            Is.InRange(gate.Metrics["p50_response_time"].Value, gate.Metrics["max_response_time"].Value * 1.01)
        );
    }

    async Task<GateResult> RunAsync(GateSettings gate)
    {
        var result = await stage.RunAsync(gate with { Timeout = TimeSpan.FromMinutes(2) });
        TestContext.Out.WriteLine(stage.Output);
        return result;
    }
}
