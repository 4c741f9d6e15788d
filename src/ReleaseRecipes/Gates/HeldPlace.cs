namespace ReleaseRecipes.Gates;

/// <summary>A place among those that may run at once, given back at the end.</summary>
sealed class HeldPlace(SemaphoreSlim places) : IDisposable
{
    public static async Task<HeldPlace> TakeAsync(SemaphoreSlim places, CancellationToken cancel)
    {
        await places.WaitAsync(cancel);
        return new HeldPlace(places);
    }

    public void Dispose() => places.Release();
}
