using System.Security.Cryptography;
using System.Text;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Deployment.Local;

/// <summary>The gateway's program files: beside the recipe as they were built, and in the git directory as they run.</summary>
static class GatewayProgram
{
    const string Dll = "ReleaseRecipes.Local.dll";

    /// <summary>The folder that the build or the package put them in; null where it did not.</summary>
    public static string? Find()
    {
        var beside = Path.GetDirectoryName(typeof(GatewayProgram).Assembly.Location) is { Length: > 0 } folder ? folder : ".";
        string[] places =
        [
            Path.Combine(AppContext.BaseDirectory, "local"),
            Path.Combine(beside, "local"),
            // A Cake script loads the recipe out of the package itself: lib/net10.0 beside local.
            Path.Combine(beside, "..", "..", "local"),
        ];
        return places.FirstOrDefault(place => File.Exists(Path.Combine(place, Dll)));
    }

    /// <summary>
    /// Copies them to a folder named by their content, so that a build that is cleaned or rebuilt does not pull them away from under
    /// a gateway that runs.
    /// </summary>
    /// <exception cref="ReleaseException">They are not beside the recipe.</exception>
    public static async Task<string> KeepAsync(string root, CancellationToken cancel)
    {
        var from =
            Find()
            ?? throw new ReleaseException(
                $"The gateway's program {Dll} is not beside the recipe.",
                Path.Combine(AppContext.BaseDirectory, "local"),
                "Build again, or reinstall the package."
            );
        var files = Directory
            .GetFiles(from)
            .Where(file => Path.GetExtension(file) is ".dll" or ".json")
            .Order(StringComparer.Ordinal)
            .ToList();
        var kept = Path.Combine(root, "program", await HashAsync(files, cancel));
        if (!Directory.Exists(kept))
        {
            var incoming = $"{kept}.{Guid.NewGuid():N}.tmp";
            Directory.CreateDirectory(incoming);
            files.ForEach(file => File.Copy(file, Path.Combine(incoming, Path.GetFileName(file))));
            Folders.Place(incoming, kept);
            Prune(root, kept);
        }

        return kept;
    }

    public static string DllIn(string folder) => Path.Combine(folder, Dll);

    /// <summary>Removes the programs of builds of days ago that no environment of this repository starts from.</summary>
    static void Prune(string root, string kept)
    {
        var needed = Directory
            .GetDirectories(root)
            .Select(environment => WholeFile.Read(new EnvironmentFolder(environment).Program)?.Trim())
            .Append(kept)
            .ToHashSet();
        var old = new DirectoryInfo(Path.GetDirectoryName(kept)!)
            .GetDirectories()
            .Where(folder => !needed.Contains(folder.FullName) && folder.LastWriteTimeUtc < DateTime.UtcNow.AddDays(-1));
        foreach (var program in old)
        {
            try
            {
                program.Delete(recursive: true);
            }
            catch (IOException)
            {
                // It still runs where files in use cannot go; it goes another time.
            }
        }
    }

    static async Task<string> HashAsync(IEnumerable<string> files, CancellationToken cancel)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            all.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\n"));
            all.AppendData(SHA256.HashData(await File.ReadAllBytesAsync(file, cancel)));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset())[..16];
    }
}
