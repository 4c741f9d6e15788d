namespace ReleaseRecipes.Approvals;

/// <summary>Where a subject stands with its approvals.</summary>
/// <param name="Required">How many distinct people must agree; 0 where nobody must.</param>
/// <param name="Present">The approvals that count.</param>
/// <param name="Problems">Why others do not count, each a sentence.</param>
/// <param name="Satisfied">Whether the environment may be touched.</param>
public sealed record ApprovalStanding(int Required, IReadOnlyList<Approval> Present, IReadOnlyList<string> Problems, bool Satisfied)
{
    /// <summary>Whether it is satisfied only because two people overrode the rules.</summary>
    public bool Overridden { get; init; }

    /// <summary>How many people override the rules already, where they are not yet enough.</summary>
    public int Overriding { get; init; }

    /// <summary>Who may still approve; empty: anybody.</summary>
    public IReadOnlyList<string> Open { get; init; } = [];

    /// <summary>What is missing, as a phrase: <c>1 more approval, by bob or carol</c>; null where nothing is.</summary>
    public string? Missing
    {
        get
        {
            var more = Required - Present.Count;
            return Satisfied ? null
                : Overriding > 0 ? $"{more} more approval{(more == 1 ? "" : "s")}, or a second person who overrides the rules"
                : Open.Count == 0 ? $"{more} more approval{(more == 1 ? "" : "s")}"
                : $"{more} more approval{(more == 1 ? "" : "s")}, by {string.Join(" or ", Open)}";
        }
    }
}
