namespace ReleaseRecipes.Local.Processes;

/// <summary>A lock that the system takes away when its process ends, however it ends.</summary>
sealed class OnlyOne : IDisposable
{
    readonly FileStream file;

    OnlyOne(FileStream file) => this.file = file;

    /// <summary>Takes the lock, waiting for it at most as long as given; null where another process keeps it.</summary>
    public static async Task<OnlyOne?> TakeAsync(string path, TimeSpan patience)
    {
        var until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new OnlyOne(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (Environment.TickCount64 < until)
            {
                await Task.Delay(10);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    public void Dispose() => file.Dispose();
}
