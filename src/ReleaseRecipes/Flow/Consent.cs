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
    /// <summary>What is to be approved.</summary>
    public ApprovalSubject Subject =>
        new(release.Version.Version, release.Version.Commit, release.Package.Digest, release.Plan.Hash, environment.Name);

    /// <summary>The rules, as a release cannot change them.</summary>
    public async Task<ApprovalSettings> RulesAsync(CancellationToken cancel) => (await release.RulesAsync(cancel)).Of(environment);

    /// <summary>Stops, paused, until everybody who must agree has agreed. On a terminal it asks.</summary>
    public async Task<ApprovalStanding> DemandAsync(CancellationToken cancel)
    {
        var rules = await RulesAsync(cancel);
        var standing = await release.Approvals.StandingAsync(Subject, rules, cancel);
        if (!standing.Satisfied && await AgreesAsync(rules, cancel))
        {
            standing = await TryGiveAsync(cancel) ?? standing;
        }

        foreach (var approval in standing.Present)
        {
            release.Terminal.Line(
                $"  approved by {approval.Approver}{(standing.Overridden ? $", overriding the rules: {approval.Reason}" : "")}",
                standing.Overridden ? Tone.Warning : Tone.Good
            );
        }

        if (!standing.Satisfied)
        {
            await PauseAsync(standing, rules, cancel);
        }

        await AdmitAsync(standing, cancel);
        return standing;
    }

    /// <summary>Records the approval of whoever runs the command.</summary>
    public async Task<ApprovalStanding> GiveAsync(CancellationToken cancel) =>
        await release.Approvals.GiveAsync(Subject, await RulesAsync(cancel), release.Options.Reason, release.Options.Override, cancel);

    /// <summary>An approval in passing that does not count leaves the release waiting; an override that is not allowed is refused.</summary>
    async Task<ApprovalStanding?> TryGiveAsync(CancellationToken cancel)
    {
        try
        {
            return await GiveAsync(cancel);
        }
        catch (ReleaseException problem) when (!release.Options.Override)
        {
            release.Terminal.Text(problem.Message, "  ", Tone.Warning);
            return null;
        }
    }

    /// <summary>Whether whoever runs the command may approve and does so, by an argument or when asked.</summary>
    async Task<bool> AgreesAsync(ApprovalSettings rules, CancellationToken cancel)
    {
        var (options, named) = (release.Options, release.Options.Approve.Contains(environment.Name));
        if (named && options.Override)
        {
            // Asked for explicitly: where it is not allowed, saying so is the answer.
            return true;
        }

        if (!named && (!release.CanAsk || rules.Signed))
        {
            return false;
        }

        var refusal = await release.Approvals.RefusalAsync(Subject, rules, options.Reason, cancel: cancel);
        if (refusal is not null && named)
        {
            release.Terminal.Line($"  {refusal}", Tone.Warning);
        }

        return refusal is null && (named || Ask());
    }

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

    /// <summary>Records on whose approval the environment is touched, once for each answer.</summary>
    async Task AdmitAsync(ApprovalStanding standing, CancellationToken cancel)
    {
        if (standing.Required == 0)
        {
            return;
        }

        var admission = Admission.Of(environment.Name, Subject.Plan, standing).ToJson();
        var last = (await release.Ledger.ReadAsync(Subject.Version, cancel)).LastOrDefault(fact =>
            fact.Kind == EventKinds.Admitted && LedgerFold.Text(fact, "environment") == environment.Name
        );
        if (last is null || CanonicalJson.Of(last.Data) != CanonicalJson.Of(admission))
        {
            await release.Ledger.AppendAsync(new NewEvent(Subject.Version, EventKinds.Admitted, admission), cancel);
        }
    }

    async Task PauseAsync(ApprovalStanding standing, ApprovalSettings rules, CancellationToken cancel)
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
        var push = release.Options.Push ? " --push" : "";
        var command = release.Options.CommandFor("Release") + push;
        var approve = $"{release.Options.CommandFor("Approve")} --environment={environment.Name}{push}";
        var byOthers = rules.Signed || rules.Minimum > 1 || rules.ExcludeInitiator || rules.Approvers.Count > 0;
        await new News(release).TellAsync(
            Moment.ApprovalNeeded,
            cancel,
            environment.Name,
            missing,
            byOthers ? approve : $"{command} --approve={environment.Name}"
        );
        throw new ReleaseException(
            $"{release.Version.Version} waits for {missing} before it goes to {environment.Name}.",
            standing.Problems.Count == 0 ? null : string.Join('\n', standing.Problems),
            byOthers
                ? $"Each approver runs:  {approve}\nThen:                {command}"
                : $"To approve and go on:  {command} --approve={environment.Name}",
            ExitCodes.Paused
        );
    }
}
