using System.Text.Json;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Git;
using ReleaseRecipes.Packaging;

namespace ReleaseRecipes.Deployment.Local;

/// <summary>What each version consists of on this machine, kept so that it can be brought back without its build.</summary>
sealed class Slots(TargetPlace place, EnvironmentFolder folder)
{
    /// <summary>As many as a rollback may reach back to.</summary>
    const int Kept = 20;

    /// <summary>Fills the candidate's slot, unless it holds the very same already, and says how it is run.</summary>
    /// <exception cref="ReleaseException">The artefacts are not what was hashed, or lead out of their folder.</exception>
    public async Task<VersionSpec> FillAsync(Candidate candidate, CancellationToken cancel)
    {
        var start =
            place.Application.Start
            ?? throw new ReleaseException(
                "There is no command that starts the application.",
                "application.start in the strategy file",
                "Name it, with {port} where the instance's port goes.",
                ExitCodes.WrongInput
            );
        folder.Create();
        var slot = SlotOf(candidate.Version, candidate.Digest);
        var spec = new VersionSpec(slot, start, place.Application.HealthPath, place.Environment.StartTimeout.TotalSeconds);
        var hashes = await CheckedAsync(slot, candidate, cancel) ?? await BringAsync(slot, candidate, cancel);
        WholeFile.Write(
            RecordOf(candidate.Version),
            JsonSerializer.Serialize(
                new SlotRecord(candidate.Version, candidate.Tag, candidate.Commit, candidate.Digest, spec, hashes),
                LocalJson.Default.SlotRecord
            )
        );
        return spec;
    }

    /// <summary>How a version that was installed before is run.</summary>
    /// <exception cref="ReleaseException">Its slot is gone or was changed.</exception>
    public async Task<VersionSpec> FindAsync(string version, CancellationToken cancel)
    {
        if (
            WholeFile.Read(RecordOf(version)) is not { } text
            || JsonSerializer.Deserialize(text, LocalJson.Default.SlotRecord) is not { } record
        )
        {
            throw new ReleaseException(
                $"Version {version} was never installed in {place.Environment.Name} on this machine.",
                folder.SlotsOf(version),
                "Release it again, or roll back on the machine that it runs on."
            );
        }

        var slot = SlotOf(version, record.Digest);
        foreach (var (file, hash) in record.Hashes)
        {
            var path = Path.Combine(slot, file);
            if (!File.Exists(path) || await ArtifactDigest.OfFileAsync(path, cancel) != hash)
            {
                throw new ReleaseException(
                    $"What was kept of version {version} is not what was released: {file} is {(File.Exists(path) ? "changed" : "missing")}.",
                    slot,
                    "Roll back to another verified version, or release this one again."
                );
            }
        }

        return record.Spec with
        {
            Slot = slot,
        };
    }

    /// <summary>Removes the oldest slots beyond those that a rollback may need, never one that runs.</summary>
    public void Prune(IEnumerable<string> running)
    {
        var needed = running.Select(folder.SlotsOf).ToHashSet();
        var all = new DirectoryInfo(folder.Slots)
            .GetDirectories()
            .OrderByDescending(slot => slot.LastWriteTimeUtc)
            .ThenBy(slot => slot.Name, StringComparer.Ordinal);
        foreach (var slot in all.Skip(Kept).Where(slot => !needed.Contains(slot.FullName)))
        {
            try
            {
                slot.Delete(recursive: true);
            }
            catch (IOException)
            {
                // Somebody looks at it; it goes next time.
            }
        }
    }

    static async Task<Dictionary<string, string>?> CheckedAsync(string slot, Candidate candidate, CancellationToken cancel)
    {
        if (!Directory.Exists(slot))
        {
            return null;
        }

        var hashes = new Dictionary<string, string>();
        foreach (var file in candidate.Files)
        {
            var path = Path.Combine(slot, file);
            hashes[file] = File.Exists(path) ? await ArtifactDigest.OfFileAsync(path, cancel) : "";
        }

        return candidate.Files.Count == 0 || ArtifactDigest.Of(hashes) == candidate.Digest ? hashes : null;
    }

    async Task<Dictionary<string, string>> BringAsync(string slot, Candidate candidate, CancellationToken cancel)
    {
        var incoming = Path.Combine(folder.Slots, $".{Guid.NewGuid():N}");
        try
        {
            var hashes =
                candidate.Files.Count == 0
                    ? await CheckOutAsync(incoming, candidate, cancel)
                    : await SlotCopy.CopyAsync(candidate, incoming, cancel);
            Directory.CreateDirectory(Path.GetDirectoryName(slot)!);
            while (!Placed(incoming, slot))
            {
                // Another build brought it in the same moment; only what is not the very same gives way.
                if (await CheckedAsync(slot, candidate, cancel) is { } same)
                {
                    return same;
                }

                MoveAside(slot);
            }

            return hashes;
        }
        finally
        {
            if (Directory.Exists(incoming))
            {
                Directory.Delete(incoming, recursive: true);
            }
        }
    }

    static bool Placed(string incoming, string slot)
    {
        try
        {
            Directory.Move(incoming, slot);
            return true;
        }
        catch (IOException) when (Directory.Exists(slot))
        {
            return false;
        }
    }

    // Somebody changed what it held; what runs there keeps its open files.
    static void MoveAside(string slot)
    {
        try
        {
            Directory.Move(slot, $"{slot}.{Guid.NewGuid():N}.changed");
        }
        catch (IOException) when (!Directory.Exists(slot))
        {
            // Another build moved it aside already.
        }
    }

    /// <summary>Where nothing is built, the application is the commit itself.</summary>
    async Task<Dictionary<string, string>> CheckOutAsync(string incoming, Candidate candidate, CancellationToken cancel)
    {
        Directory.CreateDirectory(incoming);
        var git = await GitRepository.OpenAsync(place.Root, cancel);
        var index = new Dictionary<string, string?> { ["GIT_INDEX_FILE"] = incoming + ".index" };
        try
        {
            foreach (
                var call in (string[][])
                    [
                        ["read-tree", candidate.Commit],
                        ["checkout-index", "--all", $"--prefix={incoming}/"],
                    ]
            )
            {
                var result = await git.TryAsync(call, environment: index, cancel: cancel);
                if (!result.Succeeded)
                {
                    throw GitRepository.Failed(call, result);
                }
            }
        }
        finally
        {
            File.Delete(incoming + ".index");
        }

        return [];
    }

    string SlotOf(string version, string digest) =>
        Path.Combine(folder.SlotsOf(version), EnvironmentFolder.FileName(digest.Length > 16 ? digest[..16] : digest));

    string RecordOf(string version) => Path.Combine(folder.SlotsOf(version), "slot.json");
}
