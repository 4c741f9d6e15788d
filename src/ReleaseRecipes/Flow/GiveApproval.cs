using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Flow;

/// <summary>Records that whoever runs the command approves the release for an environment.</summary>
public sealed class GiveApproval(ReleaseSession release)
{
    /// <summary>Gives the approval and says what is still missing.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var environment = release.EnvironmentNamed(release.Options.DemandEnvironment());
        await new RecordedRelease(release).TakeUpAsync(cancel);
        await new MakePackage(release).FindAsync(cancel);
        if (!environment.Approvals.Required)
        {
            throw new ReleaseException(
                $"{environment.Name} asks for no approval.",
                todo: "Nothing is to be done.",
                exitCode: ExitCodes.WrongInput
            );
        }

        var standing = await new Consent(release, environment).GiveAsync(cancel);
        Show(standing, environment.Name);
        release.Json.Say(
            new JsonObject
            {
                ["version"] = release.Version.Version,
                ["environment"] = environment.Name,
                ["required"] = standing.Required,
                ["present"] = standing.Present.Count,
                ["satisfied"] = standing.Satisfied,
            }
        );
    }

    void Show(ApprovalStanding standing, string environment)
    {
        release.Terminal.Heading($"Approved {release.Version.Version} for {environment}");
        release.Terminal.Fact("by", release.Identity.ToString());
        release.Terminal.Fact("plan", release.Plan.Hash[..16], Tone.Quiet);
        release.Terminal.Fact(
            "standing",
            standing.Missing is { } missing ? $"{missing} missing" : "complete",
            standing.Satisfied ? Tone.Good : Tone.Warning
        );
        release.Terminal.Next("To go on with the release", release.Options.CommandFor("Release"));
    }
}
