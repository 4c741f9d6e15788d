using ReleaseRecipes.Output;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Shows what a target waits for, as it says so: on the calling thread, so that no late word follows the outcome. Where nobody watches, in a log, each
/// new word is a line.
/// </summary>
sealed class ProgressLine(Terminal terminal) : IProgress<string>
{
    string last = "";

    public void Report(string value)
    {
        if (terminal.Interactive)
        {
            terminal.Progress($"        {value}");
        }
        else if (value != last)
        {
            terminal.Line($"        {value}", Tone.Quiet);
        }

        last = value;
    }
}
