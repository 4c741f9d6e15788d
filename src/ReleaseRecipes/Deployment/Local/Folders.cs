namespace ReleaseRecipes.Deployment.Local;

/// <summary>Folders that are there whole or not at all.</summary>
static class Folders
{
    /// <summary>Gives a finished folder its name; where another process was first with the same content, that one stays.</summary>
    public static void Place(string incoming, string name)
    {
        try
        {
            Directory.Move(incoming, name);
        }
        catch (IOException) when (Directory.Exists(name))
        {
            Directory.Delete(incoming, recursive: true);
        }
    }
}
