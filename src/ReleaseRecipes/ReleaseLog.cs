using System.Globalization;
using Cake.Core.Diagnostics;
using ReleaseRecipes.Output;

namespace ReleaseRecipes;

/// <summary>What Cake and a build's own tasks log, shown as the recipe shows its own lines: secrets masked, nothing taken for a CI command.</summary>
public sealed class ReleaseLog(ReleaseRun run) : ICakeLog
{
    public Verbosity Verbosity { get; set; } = Verbosity.Normal;

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
    {
        // The recipe prints its own failures, with where and what to do; Cake's "Error: …" would only repeat them.
        if (verbosity > Verbosity || (level <= LogLevel.Error && run.Failure is not null))
        {
            return;
        }

        var text = args.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, args);
        run.Terminal.Text(
            text,
            tone: level switch
            {
                LogLevel.Fatal or LogLevel.Error => Tone.Bad,
                LogLevel.Warning => Tone.Warning,
                LogLevel.Verbose or LogLevel.Debug => Tone.Quiet,
                _ => Tone.Plain,
            }
        );
    }
}
