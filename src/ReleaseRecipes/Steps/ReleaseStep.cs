using Cake.Core;
using Cake.Frosting;

namespace ReleaseRecipes.Steps;

/// <summary>A task of the recipe: an adapter between Cake and what does the work. Keeps a failure for the exit code, then lets Cake stop the build.</summary>
public abstract class ReleaseStep(ReleaseStart start) : AsyncFrostingTask
{
    /// <summary>Does the step.</summary>
    protected abstract Task RunAsync(ReleaseSession release, CancellationToken cancel);

    public sealed override async Task RunAsync(ICakeContext context)
    {
        try
        {
            await RunAsync(await start.SessionAsync(), start.Cancel);
        }
        catch (Exception problem) when (start.Run.Failing(problem) is { } failure)
        {
            start.Run.Fail(failure);
            throw new CakeException(failure.ExitCode, failure.Message, problem);
        }
    }
}
