using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Notifications;

/// <summary>A way to tell people.</summary>
public interface INotifier
{
    /// <summary>Its name in the strategy file.</summary>
    string Name { get; }

    /// <summary>Whether this news is for it.</summary>
    bool Wants(ReleaseNews news) => true;

    /// <summary>Tells it.</summary>
    /// <exception cref="ReleaseException">It was certainly not told; it may be tried again.</exception>
    /// <exception cref="Exception">Anything else: whether it was told cannot be known.</exception>
    Task TellAsync(ReleaseNews news, CancellationToken cancel);

    /// <summary>Whether it was told before, as the other side knows it, after an attempt of unknown end.</summary>
    Task<Presence> WasToldAsync(ReleaseNews news, CancellationToken cancel) => Task.FromResult(Presence.Unknown);
}
