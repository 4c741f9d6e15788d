using System.Net;
using System.Net.Http.Headers;
using System.Net.NetworkInformation;
using System.Runtime.Versioning;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Local.Tests.Support;

namespace ReleaseRecipes.Local.Tests;

public sealed class ControlTests
{
    [TestCase("GET", "/state")]
    [TestCase("GET", "/measure?from=0&to=1")]
    [TestCase("POST", "/install")]
    [TestCase("POST", "/shift")]
    [TestCase("POST", "/retire")]
    [TestCase("POST", "/down")]
    [TestCase("POST", "/handover")]
    public async Task A_command_without_the_token_is_refused(string method, string path)
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");

        foreach (var token in (string?[])[null, "", "wrong", new string('0', 64)])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"http://127.0.0.1:{machine.Gateway.Control}{path}");
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            using var answer = await machine.Http.SendAsync(request);

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), token);
        }

        Assert.That((await machine.VersionsAsync()).Single().Healthy, Is.EqualTo(1));
    }

    [TestCase("Host", "release.example.com")]
    [TestCase("Origin", "http://localhost")]
    public async Task A_web_page_commands_nothing_even_with_the_token(string header, string value)
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{machine.Gateway.Control}/state");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(machine.Files.Token));
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await machine.Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MisdirectedRequest));
    }

    [Test]
    public async Task The_users_port_takes_no_commands()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(await machine.UrlAsync(), "/down"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(machine.Files.Token));

        using var answer = await machine.Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await machine.GetAsync("/"), Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task Nothing_listens_anywhere_but_on_the_loopback()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));
        int[] ports = [machine.Gateway.Port, machine.Gateway.Control];

        var listening = IPGlobalProperties
            .GetIPGlobalProperties()
            .GetActiveTcpListeners()
            .Where(point => ports.Contains(point.Port))
            .ToList();

        Assert.That(listening, Has.Count.EqualTo(2));
        Assert.That(listening.Select(point => point.Address), Has.All.EqualTo(IPAddress.Loopback));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task The_folder_and_the_token_are_their_owners_alone()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");

        Assert.That(File.GetUnixFileMode(machine.Files.Token), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(
            File.GetUnixFileMode(machine.Files.Path),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)
        );
    }

    [TestCase("../production", "%2E.%2Fproduction")]
    [TestCase("Production", "%50roduction")]
    [TestCase("eu-west.1", "eu-west.1")]
    [TestCase("", "")]
    public void A_name_never_leads_out_of_its_folder(string name, string file)
    {
        Assert.That(EnvironmentFolder.FileName(name), Is.EqualTo(file));
        Assert.That(EnvironmentFolder.NameOf(EnvironmentFolder.FileName(name)), Is.EqualTo(name));
    }
}
