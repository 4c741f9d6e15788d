using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task of the build. Derive from <see cref="FrostingTask"/> or <see cref="AsyncFrostingTask"/>.</summary>
public interface IFrostingTask
{
    Task RunAsync(ICakeContext context);

    bool ShouldRun(ICakeContext context);

    /// <summary>Why the task was skipped, for the report.</summary>
    string SkippedMessage => string.Empty;

    void OnError(Exception exception, ICakeContext context);

    void Finally(ICakeContext context);
}
