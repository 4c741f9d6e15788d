using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Git;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Flow;

/// <summary>Records that whoever runs the command approves the release for an environment, or with <c>--revoke</c> does not any more.</summary>
public sealed class GiveApproval(ReleaseSession release)
{
    /// <summary>Gives the approval, or takes it back, and says what is still missing.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var environment = release.EnvironmentNamed(release.Options.DemandEnvironment());
        await new RecordedRelease(release).TakeUpAsync(cancel);
        await new MakePackage(release).FindAsync(cancel);
        var consent = new Consent(release, environment);
        var rules = await consent.RulesAsync(cancel);
        if (!rules.Required)
        {
            throw new ReleaseException(
                $"{environment.Name} asks for no approval.",
                todo: "Nothing is to be done.",
                exitCode: ExitCodes.WrongInput
            );
        }

        var revoke = release.Options.Revoke;
        var standing = revoke
            ? await release.Approvals.RevokeAsync(consent.Subject, rules, release.Options.Reason, cancel)
            : await consent.GiveAsync(cancel);
        release.Terminal.Heading(
            revoke
                ? $"Took back the approval of {release.Version.Version} for {environment.Name}"
                : $"{(release.Options.Override ? "Overrode the rules" : "Approved")} {release.Version.Version} for {environment.Name}"
        );
        await ShowAsync(standing, environment, cancel);
        release.Json.Say(
            new JsonObject
            {
                ["version"] = release.Version.Version,
                ["environment"] = environment.Name,
                ["required"] = standing.Required,
                ["present"] = standing.Present.Count,
                ["satisfied"] = standing.Satisfied,
                ["overridden"] = standing.Overridden,
            }
        );
    }

    async Task ShowAsync(ApprovalStanding standing, EnvironmentSettings environment, CancellationToken cancel)
    {
        var terminal = release.Terminal;
        terminal.Fact("by", release.Identity.ToString());
        terminal.Fact("commit", release.Version.Commit[..8], Tone.Quiet);
        terminal.Fact("package", release.Package.Digest[..16], Tone.Quiet);
        terminal.Fact("plan", release.Plan.Hash[..16], Tone.Quiet);
        terminal.Fact(
            "standing",
            standing.Missing is { } missing ? $"{missing} missing" : "complete",
            standing.Satisfied ? Tone.Good : Tone.Warning
        );
        if (!release.Options.Push && await Remotes.DefaultAsync(release.Git) is { } remote)
        {
            terminal.Fact("push", $"kept here alone: add --push, and {remote} has it", Tone.Warning);
        }

        var state = (await release.Ledger.HeadAsync(cancel)).State.Environment(environment.Name);
        if (release.Options.Revoke && state.Verified == release.Version.Version)
        {
            terminal.Next(
                "It is there already. To bring back the version before",
                $"{release.Options.CommandFor("Rollback")} --environment={environment.Name}"
            );
            return;
        }

        terminal.Next("To go on with the release", release.Options.CommandFor("Release"));
    }
}
