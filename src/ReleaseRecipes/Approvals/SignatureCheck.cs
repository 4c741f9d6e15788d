namespace ReleaseRecipes.Approvals;

/// <summary>What the verification of one signature found.</summary>
/// <param name="Signer">The person that the allowed signers name for its key; null where it does not count.</param>
/// <param name="Problem">Why it does not count; null where it does.</param>
public sealed record SignatureCheck(string? Signer, string? Problem)
{
    public static SignatureCheck Bad(string problem) => new(null, problem);
}
