namespace ReleaseRecipes.Deployment;

/// <summary>A feed of packages: a folder or a server.</summary>
interface INugetFeed
{
    /// <summary>What a NuGet client calls it: a folder or the address of its index.</summary>
    string Source { get; }

    /// <summary>The digest of what the feed has of that package; null where it has none.</summary>
    Task<string?> DigestAsync(string id, string version, CancellationToken cancel);

    /// <summary>Adds a package that is not there.</summary>
    Task PushAsync(NugetPackage package, CancellationToken cancel);

    /// <summary>Shows a package again that is there and may have been withdrawn before.</summary>
    Task RelistAsync(string id, string version, CancellationToken cancel);

    /// <summary>Takes a package back: a folder loses it, a server unlists it.</summary>
    Task WithdrawAsync(string id, string version, CancellationToken cancel);
}
