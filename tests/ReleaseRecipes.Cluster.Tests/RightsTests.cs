using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>Users who may do just enough, or nothing, and clusters that do not answer.</summary>
public sealed class RightsTests : ClusterTest
{
    // Of the routers it is checked where their routes are.
    [TestCase("canary")]
    [TestCase("recreate")]
    public async Task The_role_that_doctor_prints_is_enough_for_a_whole_rollout(string type)
    {
        var settings = new KubernetesSettings { Namespace = Space, Context = Space };
        await AllowAsync(await RoleAsync(settings));
        var places = Places(type, environment => environment with { Kubernetes = settings });

        await using var hold = await places.Target.HoldAsync(new LeaseOwner("Ada", _ => false), new Words(), CancellationToken.None);
        await places.HasVerifiedAsync("1.0.0");
        var result = await places.DeployAsync(Candidate("1.2.0"));

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>(), $"{result}");
        Assert.That(await TagAsync(), Is.EqualTo("1.2.0"));
        Assert.That((await AdviceAsync(settings))[0], Does.Contain("has every right it needs"));
    }

    [Test]
    public async Task A_number_of_pods_that_could_not_be_set_is_not_taken_for_done()
    {
        var settings = new KubernetesSettings { Namespace = Space, Context = Space };
        var role = await RoleAsync(settings);
        await AllowAsync(role.Replace("deployments/scale", "deployments/status", StringComparison.Ordinal));
        var target = Places("rolling", environment => environment with { Kubernetes = settings }).Target;

        Assert.That(
            async () => await target.InstallAsync("1.0.0", null, 2, new Words(), CancellationToken.None),
            Throws.TypeOf<ReleaseException>().With.Message.Contains("scale deployment/app-production to 2")
        );

        Assert.That((await StateAsync(Places("rolling"))).Of("1.0.0").Instances, Is.EqualTo(3));

        // Who may not watch looks again and again instead.
        await ApplyAsync(role.Replace(" watch,", "", StringComparison.Ordinal));
        await target.InstallAsync("1.0.0", null, 2, new Words(), CancellationToken.None);

        Assert.That((await StateAsync(Places("rolling"))).Of("1.0.0"), Is.EqualTo(new RunningVersion("1.0.0", 2, 2, 100)));
    }

    [Test]
    public async Task Without_rights_it_says_which_and_what_to_do()
    {
        TestCluster.AddContext(Space, (user, _) => user["as"] = "nobody");

        Assert.That(await ProblemAsync(), Does.Contain("does not let this user").And.Contain("--target=Doctor").And.Contain("\"nobody\""));
        Assert.That(
            (await AdviceAsync(new KubernetesSettings { Namespace = Space, Context = Space }))[0],
            Does.Contain("this user may not get deployments, watch deployments, create deployments").And.Contain("patch deployments/scale")
        );
    }

    [Test]
    public async Task Credentials_that_are_not_accepted_say_so()
    {
        TestCluster.AddContext(
            Space,
            (user, _) =>
            {
                user.Clear();
                user["token"] = "no-such-token";
            }
        );

        Assert.That(await ProblemAsync(), Does.Contain("credentials").And.Contain("Log in").And.Contain($"--context={Space}"));
    }

    [Test]
    public async Task Credentials_that_expired_say_so()
    {
        if (TestCluster.Own is not { } own)
        {
            Assert.Ignore("needs the key of the cluster's authority, which only a control plane of tests/Cluster gives");
            return;
        }

        using var authority = X509Certificate2.CreateFromPemFile(Path.Combine(own.Pki, "ca.crt"), Path.Combine(own.Pki, "ca.key"));
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("O=system:masters, CN=late", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.2")], critical: false));
        using var late = request.Create(authority, authority.NotBefore, authority.NotBefore.AddSeconds(1), [1, 2, 3, 4]);
        TestCluster.AddContext(
            Space,
            (user, _) =>
            {
                user["client-certificate-data"] = Base64(late.ExportCertificatePem());
                user["client-key-data"] = Base64(key.ExportPkcs8PrivateKeyPem());
            }
        );

        Assert.That(await ProblemAsync(), Does.Contain("credentials; they may have expired").And.Contain("Log in"));
    }

    [Test]
    public async Task A_cluster_that_is_not_there_says_so()
    {
        TestCluster.AddContext(Space, (_, cluster) => cluster["server"] = "https://127.0.0.1:1");

        Assert.That(await ProblemAsync(), Does.Contain("cannot be reached").And.Contain("it goes on"));
    }

    [Test]
    public async Task A_context_that_is_not_there_says_so() =>
        Assert.That(await ProblemAsync(), Does.Contain($"no context '{Space}'").And.Contain("get-contexts"));

    async Task<string> ProblemAsync()
    {
        var places = Places("canary", settings => settings with { Kubernetes = settings.Kubernetes with { Context = Space } });
        try
        {
            await StateAsync(places);
            return "nothing";
        }
        catch (ReleaseException problem)
        {
            return problem.Message;
        }
    }

    static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
