using System.Text.Json.Nodes;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>Two releasers that share a cluster and no ledger.</summary>
public sealed class LeaseTests : ClusterTest
{
    static readonly LeaseOwner Ada = new("Ada on one", _ => false);
    static readonly LeaseOwner Bob = new("Bob on two", _ => false);

    [Test]
    public async Task The_loser_is_told_who_holds_it_and_since_when()
    {
        var ada = Lease(Ada);
        await ada.TakeAsync(new Words(), CancellationToken.None);
        var since = await GetAsync("lease/release-recipes-app-production", "{.spec.acquireTime}");

        // Ada goes on with it while Bob waits.
        var waiting = new Words(_ => GoOnAsync(ada).Wait());

        Assert.That(
            async () => await Lease(Bob).TakeAsync(waiting, CancellationToken.None),
            Throws.TypeOf<ReleaseException>().With.Message.Contains("Ada on one").And.Message.Contains(since[..19])
        );
        Assert.That(waiting.Said, Has.One.Contains("is being changed by Ada on one"));
    }

    [Test]
    public async Task What_nobody_renews_expires()
    {
        await Lease(Ada, seconds: 2).TakeAsync(new Words(), CancellationToken.None);

        await Lease(Bob).TakeAsync(new Words(), CancellationToken.None);

        Assert.That(await HolderAsync(), Is.EqualTo(Bob.Text));
        Assert.That(await Lease(Ada).RenewAsync(CancellationToken.None), Has.Message.Contains("Bob on two"));
    }

    [Test]
    public async Task What_a_dead_process_of_this_machine_held_is_free_at_once()
    {
        await Lease(Ada, seconds: 3600).TakeAsync(new Words(), CancellationToken.None);

        await Lease(Bob with { IsGone = owner => owner == Ada.Text }).TakeAsync(new Words(), CancellationToken.None);

        Assert.That(await HolderAsync(), Is.EqualTo(Bob.Text));
    }

    [Test]
    public async Task A_hold_is_given_free_when_it_is_done_and_labelled_while_it_lasts()
    {
        await using (await Places("canary").Target.HoldAsync(Ada, new Words(), CancellationToken.None))
        {
            Assert.That(await LeftAsync(), Is.EqualTo("lease.coordination.k8s.io/release-recipes-app-production"));
        }

        Assert.That(await LeftAsync(), Is.Empty);
    }

    [Test]
    public async Task Who_loses_it_stops_what_is_being_done()
    {
        var lease = Lease(Ada, seconds: 1);
        await using var hold = await new KubernetesHold([lease]).TakeAsync(new Words(), CancellationToken.None);
        await TestCluster.KubectlAsync(
            null,
            "patch",
            "lease/release-recipes-app-production",
            $"--namespace={Space}",
            "--type=merge",
            $"--patch={new JsonObject { ["spec"] = new JsonObject { ["holderIdentity"] = Bob.Text } }.ToJsonString()}"
        );

        Assert.That(
            async () =>
                await hold.DoAsync(
                    async stop =>
                    {
                        await Task.Delay(TimeSpan.FromMinutes(5), stop);
                        return true;
                    },
                    CancellationToken.None
                ),
            Throws.TypeOf<ReleaseException>().With.Message.Contains("Bob on two")
        );
        Assert.That(await HolderAsync(), Is.EqualTo(Bob.Text));
    }

    KubernetesLease Lease(LeaseOwner owner, int seconds = 60) =>
        new(new KubernetesApi(null, Space), "app-production", owner, TimeSpan.FromSeconds(seconds));

    // The server's clock tells seconds: a renewal in the second of the one before changes nothing yet.
    async Task GoOnAsync(KubernetesLease lease)
    {
        for (var before = await VersionAsync(); await VersionAsync() == before; )
        {
            await lease.RenewAsync(CancellationToken.None);
        }
    }

    Task<string> VersionAsync() => GetAsync("lease/release-recipes-app-production", "{.metadata.resourceVersion}");

    Task<string> HolderAsync() => GetAsync("lease/release-recipes-app-production", "{.spec.holderIdentity}");
}
