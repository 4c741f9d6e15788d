using System.Diagnostics;
using ReleaseRecipes.Dashboard.Reading;
using ReleaseRecipes.Dashboard.Tests.Support;

namespace ReleaseRecipes.Dashboard.Tests;

public sealed class ServerTests
{
    [Test]
    public async Task Started_in_a_slot_inside_the_git_directory_it_shows_the_repository_around_it()
    {
        using var history = new History();
        await history.ReleasedAsync("1.0.0");
        var slot = Directory.CreateDirectory(
            Path.Combine(history.Repository.Root, ".git", "release-recipes", "local", "production", "slots", "1.0.0")
        );
        using var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    typeof(RepositoryAtHand).Assembly.Location,
                    "--urls",
                    "http://127.0.0.1:0",
                    "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
                ]
            )
            {
                WorkingDirectory = slot.FullName,
                RedirectStandardOutput = true,
                Environment = { ["RELEASE_VERSION"] = "1.0.0", ["RELEASE_REPOSITORY"] = null },
            }
        )!;

        try
        {
            var url = await UrlAsync(process);
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            using var page = await http.GetAsync(url);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("<p class=\"version\">1.0.0</p>"));
                Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
                Assert.That(await http.GetStringAsync(new Uri(url, "healthz")), Is.EqualTo("ok 1.0.0\n"));
                Assert.That(await http.GetStringAsync(new Uri(url, "api/releases")), Does.Contain("\"version\":\"1.0.0\""));
                Assert.That(await http.GetStringAsync(new Uri(url, "dashboard.css")), Does.Contain("prefers-color-scheme"));
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    static async Task<Uri> UrlAsync(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Split("Now listening on: ") is [_, var url])
            {
                return new Uri(url);
            }
        }

        throw new InvalidOperationException("The dashboard ended before it listened.");
    }
}
