using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task that needs nothing but Cake's own context.</summary>
public abstract class FrostingTask : FrostingTask<ICakeContext>;

/// <summary>A task that runs on the build's own context.</summary>
public abstract class FrostingTask<T> : IFrostingTask
    where T : ICakeContext
{
    public virtual void Run(T context) { }

    /// <summary>False skips this task; the tasks that depend on it run all the same.</summary>
    public virtual bool ShouldRun(T context) => true;

    /// <summary>Overriding this swallows the failure: the build goes on.</summary>
    public virtual void OnError(Exception exception, T context) { }

    public virtual void Finally(T context) { }

    Task IFrostingTask.RunAsync(ICakeContext context)
    {
        Run((T)context);
        return Task.CompletedTask;
    }

    bool IFrostingTask.ShouldRun(ICakeContext context) => ShouldRun((T)context);

    void IFrostingTask.OnError(Exception exception, ICakeContext context) => OnError(exception, (T)context);

    void IFrostingTask.Finally(ICakeContext context) => Finally((T)context);
}
