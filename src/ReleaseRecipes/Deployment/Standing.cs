namespace ReleaseRecipes.Deployment;

/// <summary>How a target is to stand: every move leads from one such state to the next, so that a move can be recognised as done, or done to its end, after a crash.</summary>
/// <param name="Candidate">Instances of the candidate.</param>
/// <param name="Stable">Instances of the stable version.</param>
/// <param name="Weights">Version to percent, without zeros; null: as it is (first deployment, where nothing of ours has traffic).</param>
public sealed record Standing(int Candidate, int Stable, IReadOnlyDictionary<string, int>? Weights)
{
    /// <summary>How the target stands when the first moves of a plan are done.</summary>
    public static Standing After(Rollout rollout, IEnumerable<Move> moves) =>
        moves.Aggregate(Before(rollout), (standing, move) => standing.Then(move, rollout));

    /// <summary>How it stands with the stable version serving everything, and the candidate gone.</summary>
    public static Standing Before(Rollout rollout) =>
        rollout.Stable is null ? new Standing(0, 0, null) : new Standing(0, rollout.Environment.Replicas, Split(rollout, 0));

    /// <summary>Nothing runs and nothing serves.</summary>
    public static Standing Stopped { get; } = new(0, 0, new Dictionary<string, int>());

    Standing Then(Move move, Rollout rollout) =>
        move switch
        {
            Install install => this with { Candidate = install.Instances },
            Shift shift => this with { Weights = Split(rollout, shift.CandidateWeight) },
            // Where the stable version is lost, nothing has to make room for the candidate, and nobody else could serve.
            Scale { Candidate: 0 } when rollout.Stable is null => this,
            Scale scale => new Standing(scale.Candidate, scale.Stable, Split(rollout, Share(scale))),
            StopStable => Stopped,
            Retire => this with { Stable = 0 },
            _ => this,
        };

    /// <summary>Where the stable version is not there to take its part, the candidate takes all.</summary>
    static Dictionary<string, int> Split(Rollout rollout, int candidate)
    {
        candidate = rollout.Stable is null ? 100 : candidate;
        var weights = new Dictionary<string, int>();
        if (candidate > 0)
        {
            weights[rollout.Candidate.Version] = candidate;
        }

        if (candidate < 100)
        {
            weights[rollout.Stable!] = 100 - candidate;
        }

        return weights;
    }

    static int Share(Scale scale)
    {
        var share = (int)Math.Round(100.0 * scale.Candidate / Math.Max(1, scale.Candidate + scale.Stable), MidpointRounding.AwayFromZero);
        return (scale.Candidate, scale.Stable) switch
        {
            (0, _) => 0,
            (_, 0) => 100,
            _ => Math.Clamp(share, 1, 99),
        };
    }
}
