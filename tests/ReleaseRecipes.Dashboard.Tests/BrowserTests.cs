using ReleaseRecipes.Approvals;
using ReleaseRecipes.Dashboard.Pages;
using ReleaseRecipes.Dashboard.Tests.Support;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Dashboard.Tests;

/// <summary>The page in a real browser, from a file: without the headers that would stop a script as well.</summary>
[Category("Slow")]
public sealed class BrowserTests
{
    const string Mark = "document.documentElement.setAttribute('data-pwned','1')";

    static string[] Payloads =>
        [
            $"<script>{Mark}</script>",
            $"\"><img src=x onerror=\"{Mark}\">",
            $"'><svg/onload={Mark}>",
            $"</title></style></textarea><script>{Mark}</script>",
            $"<iframe srcdoc=\"<script>parent.{Mark}</script>\">",
            $"javascript:{Mark}",
        ];

    [Test]
    public async Task Nothing_that_the_ledger_holds_runs()
    {
        Needs.Program("chromium");
        using var history = new History();
        foreach (var payload in Payloads)
        {
            history.Actor = $"{payload} <ada@example.com>";
            await history.PlannedAsync(payload, payload);
            await history.AppendAsync(payload, EventKinds.Gate, new() { ["name"] = payload, ["verdict"] = payload });
            var admission = new Admission(payload, "p", 1, [payload], Overridden: true, payload);
            await history.AppendAsync(payload, EventKinds.Admitted, admission.ToJson());
            await history.AppendAsync(payload, EventKinds.Verified, new() { ["environment"] = payload, ["url"] = payload });
            await history.AppendAsync(payload, EventKinds.Failed, new() { ["problem"] = payload });
        }

        var shown = await InABrowserAsync(OverviewPage.Show(await history.ReadAsync(), Payloads[0]).ToString());

        Assert.That(shown, Does.Contain("Releases of").And.Not.Contain("data-pwned=\"1\"").And.Not.Contain("href=\"javascript:"));
    }

    [Test]
    public async Task The_browser_of_this_test_would_run_it()
    {
        Needs.Program("chromium");

        Assert.That(await InABrowserAsync($"<html><body>{Payloads[1]}</body></html>"), Does.Contain("data-pwned=\"1\""));
    }

    static async Task<string> InABrowserAsync(string html)
    {
        using var folder = new TemporaryFolder();
        var page = folder.Write("page.html", html);
        var call = new ProgramCall(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            $"--user-data-dir={folder["profile"]}",
            "--dump-dom",
            new Uri(page).AbsoluteUri
        )
        {
            Timeout = TimeSpan.FromMinutes(2),
        };
        var result = await ProgramRunner.RunAsync(call);
        return result.Succeeded ? result.Output : throw new InvalidOperationException(result.Error);
    }
}
