namespace ReleaseRecipes.Deployment;

/// <summary>A feed of packages: a folder or a server.</summary>
interface INugetFeed
{
    /// <summary>The digest of what the feed has of that package; null where it has none.</summary>
    Task<string?> DigestAsync(string id, string version, CancellationToken cancel);

    /// <summary>Adds a package that is not there.</summary>
    Task PushAsync(NugetPackage package, CancellationToken cancel);

    /// <summary>Takes a package back: a folder loses it, a server unlists it.</summary>
    Task WithdrawAsync(string id, string version, CancellationToken cancel);
}
