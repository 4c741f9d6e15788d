using ReleaseRecipes.Local.Proxy;
using ReleaseRecipes.Local.Supervision;

namespace ReleaseRecipes.Local.Routing;

/// <summary>A request's place at an instance; giving it back tells the instance that the request is through.</summary>
sealed class Route(VersionRun version, Instance instance, Upstream upstream) : IDisposable
{
    public VersionRun Version => version;
    public Instance Instance => instance;
    public Upstream Upstream => upstream;

    public void Dispose() => instance.Leave();
}
