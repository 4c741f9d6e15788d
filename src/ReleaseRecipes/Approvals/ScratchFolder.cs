namespace ReleaseRecipes.Approvals;

/// <summary>Files for the short life of one program, readable by this user alone.</summary>
sealed class ScratchFolder : IDisposable
{
    readonly string path = Directory.CreateTempSubdirectory("release-approval-").FullName;

    public string Write(string name, string text)
    {
        var file = Path.Combine(path, name);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(path, recursive: true);
}
