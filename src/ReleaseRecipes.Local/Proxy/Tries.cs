using ReleaseRecipes.Local.Supervision;

namespace ReleaseRecipes.Local.Proxy;

/// <summary>What was tried for one request: instances that refuse it are asked for a while, one that answers nonsense only a few times.</summary>
sealed class Tries(TimeSpan patience)
{
    const int Most = 3;
    readonly long until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
    int repeated;

    /// <summary>Those that could not serve it in this round.</summary>
    public List<Instance> Instances { get; } = [];

    /// <summary>Whether it has waited long enough for somebody to serve it.</summary>
    public bool AreOver => Environment.TickCount64 >= until;

    /// <summary>Whether a request that an instance took and did not answer may be given once more.</summary>
    public bool MayRepeat() => ++repeated < Most;
}
