using System.Diagnostics;

namespace ReleaseRecipes.Tests.Support;

/// <summary>Waits for what other processes bring about.</summary>
static class Until
{
    /// <summary>Asks again and again; the test fails where it does not come to it in two minutes.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        for (var began = Stopwatch.GetTimestamp(); !await condition(); await Task.Delay(50))
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(2))
            {
                Assert.Fail($"In two minutes it did not come to this: {what}.");
            }
        }
    }
}
