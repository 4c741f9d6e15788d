using ReleaseRecipes.Output;

namespace ReleaseRecipes.Deployment;

/// <summary>Shows what a target waits for, as it says so: on the calling thread, so that no late word follows the outcome.</summary>
sealed class ProgressLine(Terminal terminal) : IProgress<string>
{
    public void Report(string value) => terminal.Progress($"        {value}");
}
