using Cake.Core;
using Cake.Core.Diagnostics;

namespace ReleaseRecipes;

/// <summary>Keeps Cake's banners and its table of durations out of the output: each step says itself what it did.</summary>
public sealed class StepPrinter : ICakeReportPrinter
{
    public void Write(CakeReport report) { }

    public void WriteStep(string name, Verbosity verbosity) { }

    public void WriteLifeCycleStep(string name, Verbosity verbosity) { }

    public void WriteSkippedStep(string name, Verbosity verbosity) { }
}
