using System.Text;
using ReleaseRecipes.Git;

namespace ReleaseRecipes.Tests.Output;

public sealed class ConfigSecretsTests
{
    [Test]
    public void Passwords_of_remotes_and_the_header_of_a_CI_server_are_found()
    {
        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:ghs_abcdef"));
        var config = $"""
            [remote "origin"]
            	url = https://ada:hunter22@example.com/a.git
            [http "https://github.com/"]
            	extraheader = AUTHORIZATION: basic {header}
            """;

        Assert.That(ConfigSecrets.Of(config), Is.EqualTo(new[] { "hunter22", header, "ghs_abcdef" }));
    }

    [TestCase("")]
    [TestCase("[user]\n\tname = Ada")]
    [TestCase("[remote \"origin\"]\n\turl = git@example.com:a/b.git")]
    [TestCase("[http]\n\textraheader = X-Trace: 1")]
    public void Where_there_is_none_none_is_made_up(string config) => Assert.That(ConfigSecrets.Of(config), Is.Empty);
}
