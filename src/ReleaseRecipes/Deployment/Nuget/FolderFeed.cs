using System.Globalization;

namespace ReleaseRecipes.Deployment;

/// <summary>A folder of packages, as <c>dotnet restore --source</c> reads it.</summary>
sealed class FolderFeed(string folder) : INugetFeed
{
    public string Source => folder;

    public Task<string?> DigestAsync(string id, string version, CancellationToken cancel) =>
        Task.FromResult(File.Exists(PathOf(id, version)) ? NugetPackage.Read(PathOf(id, version)).Digest : null);

    public Task PushAsync(NugetPackage package, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var path = PathOf(package.Id, package.Version);
        var incoming = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.incoming");
        File.Copy(package.Path, incoming, overwrite: true);
        File.Move(incoming, path, overwrite: false);
        return Task.CompletedTask;
    }

    /// <summary>A folder shows all that it has.</summary>
    public Task RelistAsync(string id, string version, CancellationToken cancel) => Task.CompletedTask;

    public Task WithdrawAsync(string id, string version, CancellationToken cancel)
    {
        File.Delete(PathOf(id, version));
        return Task.CompletedTask;
    }

    string PathOf(string id, string version) => Path.Combine(folder, $"{id}.{version}.nupkg");
}
