using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Approvals;

/// <summary>
/// Which rules hold for an environment, and whose signatures count. Where the base branch asks for signatures, it is its rules, whatever the
/// strategy of the release says: a release branch cannot add its own approver, nor switch the approval off.
/// </summary>
/// <param name="git">The repository.</param>
/// <param name="based">The base branch; null where there is none.</param>
public sealed class RulesInForce(GitRepository git, BaseBranch? based)
{
    readonly Dictionary<string, AllowedSigners> signers = [];

    /// <summary>The base branch's name for a reader; null where there is none.</summary>
    public string? Base => based?.Name;

    /// <summary>The rules for an environment.</summary>
    /// <exception cref="ReleaseException">The base branch does not say what they are.</exception>
    public ApprovalSettings Of(EnvironmentSettings environment) =>
        Unknown(environment) is { } problem ? throw problem
        : There(environment) is { Required: true, Signed: true } signed ? signed
        : environment.Approvals;

    /// <summary>Why nobody knows the rules for an environment; null where they are known.</summary>
    public ReleaseException? Unknown(EnvironmentSettings environment) =>
        based?.Unreadable
        ?? (
            There(environment) is not null || !Known.Any(other => other.Approvals is { Required: true, Signed: true })
                ? null
                : new ReleaseException(
                    $"{based!.Name} knows no environment '{environment.Name}'.",
                    "Approvals are signed there, so a release cannot bring an environment of its own with rules of its own.",
                    $"Merge the environment into {based.Name} first.",
                    ExitCodes.WrongInput
                )
        );

    /// <summary>Whose signatures count under some rules, as the base branch says.</summary>
    public async Task<AllowedSigners> SignersAsync(ApprovalSettings rules)
    {
        if (!signers.TryGetValue(rules.AllowedSigners, out var known))
        {
            var text = based is null ? null : await based.FileAsync(git, rules.AllowedSigners);
            known = new AllowedSigners(text ?? "")
            {
                Source = $"{rules.AllowedSigners}{(text is null ? ", which is not" : "")} on {Base ?? "the main branch"}",
            };
            signers[rules.AllowedSigners] = known;
        }

        return known;
    }

    /// <summary>Why the approvals that an environment asks for can never come together; null where they can.</summary>
    public async Task<string?> GapAsync(EnvironmentSettings environment)
    {
        if (Unknown(environment) is { } unknown)
        {
            return $"{unknown.What} {unknown.Todo}";
        }

        var rules = Of(environment);
        if (rules is not { Required: true, Signed: true })
        {
            return null;
        }

        var allowed = await SignersAsync(rules);
        var people = allowed
            .People.Select(Person.Parse)
            .Where(person => rules.Approvers.Count == 0 || rules.Approvers.Any(person.Is))
            .ToList();
        var distinct = Person.Distinct(people, rules.Approvers).Count;
        return distinct >= rules.Minimum
            ? null
            : $"{environment.Name}: {rules.Minimum} signed approval{(rules.Minimum == 1 ? " is" : "s are")} asked for, and {allowed.Source} names"
                + $" {(distinct == 0 ? "nobody" : $"only {distinct}")} who may give one: add the approvers' public keys there.";
    }

    IReadOnlyList<EnvironmentSettings> Known => based?.Strategy?.Environments ?? [];

    ApprovalSettings? There(EnvironmentSettings environment) => Known.FirstOrDefault(other => other.Name == environment.Name)?.Approvals;
}
