using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Notifications;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Flow;

/// <summary>The agreement that an environment asks for, bound to exactly this version, commit, package and plan.</summary>
public sealed class Consent(ReleaseSession release, EnvironmentSettings environment)
{
    ApprovalSettings Rules => environment.Approvals;

    /// <summary>What is to be approved.</summary>
    public ApprovalSubject Subject =>
        new(release.Version.Version, release.Version.Commit, release.Package.Digest, release.Plan.Hash, environment.Name);

    /// <summary>Stops, paused, until everybody who must agree has agreed. On a terminal it asks.</summary>
    public async Task DemandAsync(CancellationToken cancel)
    {
        var standing = await release.Approvals.StandingAsync(Subject, Rules, cancel);
        if (!standing.Satisfied && release.Options.Approve.Contains(environment.Name))
        {
            standing = await GiveAsync(cancel);
        }

        if (!standing.Satisfied && release.CanAsk && !Rules.Signed && standing.Problems.Count == 0)
        {
            standing = Ask() ? await GiveAsync(cancel) : standing;
        }

        foreach (var approval in standing.Present)
        {
            release.Terminal.Line($"  approved by {approval.Approver}{(standing.Overridden ? ", overriding the rules" : "")}", Tone.Good);
        }

        if (!standing.Satisfied)
        {
            await PauseAsync(standing, cancel);
        }
    }

    /// <summary>Records the approval of whoever runs the command.</summary>
    public Task<ApprovalStanding> GiveAsync(CancellationToken cancel) =>
        release.Approvals.GiveAsync(Subject, Rules, release.Options.Reason, release.Options.Override, cancel);

    bool Ask()
    {
        var terminal = release.Terminal;
        terminal.Line($"  {environment.Name} wants an approval of this plan:");
        foreach (var move in release.Plan.Environments.First(planned => planned.Settings.Name == environment.Name).Moves)
        {
            terminal.Line($"    {move.Description}", Tone.Quiet);
        }

        terminal.Line($"  Type '{environment.Name}' to approve {release.Version.Version}, anything else to pause:", Tone.Strong);
        return Console.ReadLine()?.Trim() == environment.Name;
    }

    async Task PauseAsync(ApprovalStanding standing, CancellationToken cancel)
    {
        var missing = standing.Missing ?? "an approval";
        await release.Ledger.AppendAsync(
            head =>
                head.State.Newest?.State == "paused"
                    ? []
                    :
                    [
                        new NewEvent(
                            release.Version.Version,
                            EventKinds.Paused,
                            new JsonObject { ["environment"] = environment.Name, ["reason"] = $"{missing} missing" }
                        ),
                    ],
            cancel
        );
        var command = release.Options.CommandFor("Release");
        await new News(release).TellAsync(
            Moment.ApprovalNeeded,
            cancel,
            environment.Name,
            missing,
            $"{command} --approve={environment.Name}"
        );
        throw new ReleaseException(
            $"{release.Version.Version} waits for {missing} before it goes to {environment.Name}.",
            standing.Problems.Count == 0 ? null : string.Join('\n', standing.Problems),
            Rules.Signed || Rules.Minimum > 1
                ? $"Each approver runs:  {release.Options.CommandFor("Approve")} --environment={environment.Name}\nThen:                {command}"
                : $"To approve and go on:  {command} --approve={environment.Name}",
            ExitCodes.Paused
        );
    }
}
