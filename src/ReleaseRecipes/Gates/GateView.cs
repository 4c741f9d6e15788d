using System.Globalization;
using ReleaseRecipes.Output;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Gates;

/// <summary>
/// Shows running gates: on a terminal one line a gate, redrawn, with what it printed last; elsewhere a line when it starts,
/// when it ends, and every half a minute between. A gate that did not pass shows the end of its log.
/// </summary>
sealed class GateView : IAsyncDisposable
{
    const int LinesOfLog = 20;

    readonly Lock turn = new();
    readonly Terminal terminal;
    readonly TimeProvider clock;
    readonly int width;
    readonly List<Running> running = [];
    readonly ITimer timer;

    public GateView(GatePlan plan, Terminal terminal, TimeProvider clock)
    {
        (this.terminal, this.clock) = (terminal, clock);
        width = plan.Gates.Select(gate => gate.Name.Length).DefaultIfEmpty().Max();
        var period = terminal.Interactive ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromSeconds(30);
        timer = clock.CreateTimer(_ => Tick(), null, period, period);
    }

    sealed record Running(PlannedGate Gate, OutputLog Log, long Began);

    public void Started(PlannedGate gate, OutputLog log)
    {
        lock (turn)
        {
            running.Add(new Running(gate, log, clock.GetTimestamp()));
        }

        if (!terminal.Interactive)
        {
            terminal.Line($"  {gate.Name.PadRight(width)}  runs {gate.Command ?? gate.Why}", Tone.Quiet);
        }
    }

    public void Finished(GateResult result)
    {
        OutputLog? log;
        lock (turn)
        {
            log = running.Find(one => one.Gate.Name == result.Name)?.Log;
            running.RemoveAll(one => one.Gate.Name == result.Name);
        }

        var (mark, tone) = Look(result);
        terminal.Line($"{mark} {result.Name.PadRight(width)}  {Elapsed(result.Duration), 6}  {result.Reason}", tone);
        if (log is not null && result.Verdict is GateVerdict.Failed or GateVerdict.Unknown)
        {
            LogExcerpt.Show(terminal, result, log!.LastLines(LinesOfLog));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        terminal.Progress([]);
    }

    static (string, Tone) Look(GateResult result) =>
        result.Verdict switch
        {
            GateVerdict.Passed => ("✓", result.Flaky ? Tone.Warning : Tone.Good),
            GateVerdict.NotRun => ("-", Tone.Quiet),
            _ => ("✗", result.Required ? Tone.Bad : Tone.Warning),
        };

    void Tick()
    {
        List<Running> now;
        lock (turn)
        {
            now = [.. running];
        }

        if (terminal.Interactive)
        {
            terminal.Progress([.. now.Select(Live)]);
            return;
        }

        foreach (var one in now)
        {
            terminal.Line($"  {one.Gate.Name.PadRight(width)}  still running, {Elapsed(clock.GetElapsedTime(one.Began))}", Tone.Quiet);
        }
    }

    string Live(Running one) =>
        $"… {one.Gate.Name.PadRight(width)}  {Elapsed(clock.GetElapsedTime(one.Began)), 6}  {one.Log.LastLines(1).LastOrDefault("")}";

    static string Elapsed(TimeSpan time) =>
        time.TotalMinutes >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0}s");
}
