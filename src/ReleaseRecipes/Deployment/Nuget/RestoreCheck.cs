using System.Security;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Shows that a feed hands a package out: the NuGet client itself restores it, from that feed alone, into an empty folder, and what arrives is what was
/// released. The packages that it depends on are not asked for; they may be on other feeds.
/// </summary>
sealed class RestoreCheck(string source)
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    const int LinesShown = 10;

    /// <exception cref="ReleaseException">It cannot be restored, or something else arrives.</exception>
    public async Task DemandAsync(NugetPackage package, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("release-restore-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "restored.csproj"), Project(package), cancel);
            await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), Configuration(), cancel);
            var result = await ProgramRunner.RunAsync(Call(folder), cancel);
            if (!result.Succeeded)
            {
                throw new ReleaseException(
                    result.TimedOut
                        ? $"{package.FileName} was pushed, and restoring it took longer than {Durations.Format(Limit)}."
                        : $"{package.FileName} was pushed, and cannot be restored.",
                    string.Join('\n', (result.Output + result.Error).TrimEnd().Split('\n').TakeLast(LinesShown)),
                    $"Try it: dotnet package download {package.Id}@{package.Version} --source {source}"
                );
            }

            Compare(folder, package);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void Compare(string folder, NugetPackage package)
    {
        var (id, version) = (package.Id.ToLowerInvariant(), package.Version.ToLowerInvariant());
        var restored = Path.Combine(folder, "packages", id, version, $"{id}.{version}.nupkg");
        if (!File.Exists(restored) || NugetPackage.Read(restored).Digest != package.Digest)
        {
            throw new ReleaseException($"{package.FileName} was pushed, and restoring it brings something else.");
        }
    }

    static ProgramCall Call(string folder) =>
        new(
            "dotnet",
            [
                "restore",
                "restored.csproj",
                "--packages",
                Path.Combine(folder, "packages"),
                // Nothing of the folders above, which are anybody's, and no server that stays behind.
                "-p:ImportDirectoryBuildProps=false",
                "-p:ImportDirectoryBuildTargets=false",
                "-p:ImportDirectoryPackagesProps=false",
                "-nodeReuse:false",
            ]
        )
        {
            WorkingDirectory = folder,
            Timeout = Limit,
            Environment = new Dictionary<string, string?>
            {
                // What was downloaded before is no evidence of what the feed has now.
                ["NUGET_HTTP_CACHE_PATH"] = Path.Combine(folder, "http"),
                ["NUGET_FALLBACK_PACKAGES"] = null,
                ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
                ["DOTNET_NOLOGO"] = "1",
            },
        };

    static string Project(NugetPackage package) =>
        $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageDownload Include="{SecurityElement.Escape(package.Id)}" Version="[{package.Version}]" /></ItemGroup>
            </Project>
            """;

    // A feed without TLS is the user's decision; the client would refuse it otherwise.
    string Configuration() =>
        $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="released" value="{SecurityElement.Escape(source)}" allowInsecureConnections="true" />
              </packageSources>
              <packageSourceMapping><clear /></packageSourceMapping>
            </configuration>
            """;
}
