namespace ReleaseRecipes.Deployment;

/// <summary>The variables by which the user's own commands learn what is deployed where.</summary>
public static class ReleaseVariables
{
    /// <summary>RELEASE_VERSION, RELEASE_TAG, RELEASE_COMMIT, RELEASE_DIGEST, RELEASE_ENVIRONMENT, RELEASE_APPLICATION, RELEASE_PREVIOUS_VERSION.</summary>
    public static IReadOnlyDictionary<string, string?> Of(Rollout rollout) =>
        new Dictionary<string, string?>
        {
            ["RELEASE_VERSION"] = rollout.Candidate.Version,
            ["RELEASE_TAG"] = rollout.Candidate.Tag,
            ["RELEASE_COMMIT"] = rollout.Candidate.Commit,
            ["RELEASE_DIGEST"] = rollout.Candidate.Digest,
            ["RELEASE_ENVIRONMENT"] = rollout.Environment.Name,
            ["RELEASE_APPLICATION"] = rollout.Application.Name,
            ["RELEASE_PREVIOUS_VERSION"] = rollout.Stable,
        };
}
