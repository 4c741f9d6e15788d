using ReleaseRecipes.Dashboard.Delivery;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Dashboard.Reading;

/// <summary>Reads the ledger as it is now. What was read is kept as long as the ledger ends where it did.</summary>
sealed class LedgerReading(string folder, TimeProvider clock) : IDisposable
{
    readonly SemaphoreSlim turn = new(1);
    GitRepository? git;
    Overview? last;
    string? end;

    /// <exception cref="ReleaseException">There is no repository, or its ledger cannot be read.</exception>
    public async Task<Overview> ReadAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            git ??= await RepositoryAtHand.FindAsync(folder, cancel);
            using var store = new GitLedgerStore(git, await SettingsAsync(git, cancel));
            var head = await store.HeadAsync(cancel);
            if (last is null || end != head.Hash)
            {
                var events = await store.ReadAllAsync(cancel);
                last = Overviews.Of(Path.GetFileName(git.Root), events, head, await LeadTimes.ReadAsync(git, events, cancel));
                end = head.Hash;
            }

            return last with
            {
                Delivery = DeliveryMeasures.Of(last.Deployments, clock.GetUtcNow()),
                Weeks = DeploymentTrend.Of(last.Deployments, clock.GetUtcNow()),
            };
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>A strategy that is being edited, and wrong for the moment, hides no releases.</summary>
    static async Task<LedgerSettings> SettingsAsync(GitRepository git, CancellationToken cancel)
    {
        try
        {
            return (await StrategyFile.ReadAsync(null, git.Root, cancel: cancel)).Ledger;
        }
        catch (ReleaseException)
        {
            return new LedgerSettings();
        }
    }
}
