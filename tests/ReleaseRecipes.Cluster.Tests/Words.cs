namespace ReleaseRecipes.Tests.Cluster;

/// <summary>Keeps what is reported, and may do something about it.</summary>
public sealed class Words(Action<string>? heard = null) : IProgress<string>
{
    readonly List<string> said = [];

    public IReadOnlyList<string> Said
    {
        get
        {
            lock (said)
            {
                return [.. said];
            }
        }
    }

    public void Report(string value)
    {
        lock (said)
        {
            said.Add(value);
        }

        heard?.Invoke(value);
    }
}
