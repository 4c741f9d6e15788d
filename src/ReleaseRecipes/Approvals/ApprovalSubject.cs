namespace ReleaseRecipes.Approvals;

/// <summary>What exactly is approved. Any change of it asks again.</summary>
/// <param name="Version">The release's version.</param>
/// <param name="Commit">Its commit, full hash.</param>
/// <param name="Digest">The digest of its artefacts.</param>
/// <param name="Plan">The hash of its plan; see <see cref="PlanHash"/>.</param>
/// <param name="Environment">The environment that it may go to.</param>
public sealed record ApprovalSubject(string Version, string Commit, string Digest, string Plan, string Environment);
