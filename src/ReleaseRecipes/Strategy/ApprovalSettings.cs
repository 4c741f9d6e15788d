namespace ReleaseRecipes.Strategy;

/// <summary>Who must agree before an environment is touched.</summary>
public sealed record ApprovalSettings
{
    /// <summary>Whether anybody must (<c>approval_required</c>).</summary>
    public bool Required { get; init; }

    /// <summary>How many distinct people.</summary>
    public int Minimum { get; init; } = 1;

    /// <summary>Who may; anybody where empty.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];

    /// <summary>Whether the one who started the release may not approve it.</summary>
    public bool ExcludeInitiator { get; init; }

    /// <summary>Whether an approval must carry a signature (<c>via: signed</c>); otherwise it is given at a prompt or by --approve.</summary>
    public bool Signed { get; init; }

    /// <summary>The file of allowed signers (ssh-keygen's format), relative to the root, as of the released commit's base branch.</summary>
    public string AllowedSigners { get; init; } = ".github/allowed_signers";

    /// <summary>How long an approval stays good; for ever where null.</summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>Whether --override with a second person and a reason may stand in for missing approvals.</summary>
    public bool AllowOverride { get; init; }
}
