namespace ReleaseRecipes.Deployment.Local.Protocol;

/// <summary>What a slot was filled with and how it is started: all that is needed to bring the version back without its build.</summary>
/// <param name="Hashes">Path to SHA-256 of each file; empty where the slot holds the commit itself.</param>
sealed record SlotRecord(string Version, string Tag, string Commit, string Digest, VersionSpec Spec, Dictionary<string, string> Hashes);
