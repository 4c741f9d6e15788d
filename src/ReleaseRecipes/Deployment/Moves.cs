namespace ReleaseRecipes.Deployment;

/// <summary>One thing that a rollout does. A strategy's plan is a list of these; every one names an absolute state, so that performing it again changes nothing.</summary>
public abstract record Move
{
    /// <summary>What <c>Plan</c> and the log print.</summary>
    public abstract string Description { get; }
}

/// <summary>Brings up instances of the candidate without sending it traffic, and waits until they are healthy.</summary>
public sealed record Install(int Instances) : Move
{
    public override string Description => Instances == 1 ? "install the candidate" : $"install {Instances} instances of the candidate";
}

/// <summary>Runs the smoke test against the candidate, which has no traffic yet.</summary>
public sealed record Smoke(string Command) : Move
{
    public override string Description => $"smoke test: {Command}";
}

/// <summary>Gives the candidate its share of the traffic; the stable version keeps the rest.</summary>
public sealed record Shift(int CandidateWeight) : Move
{
    public override string Description => $"send {CandidateWeight}% of the traffic to the candidate";
}

/// <summary>Sets how many instances of each version run (rolling); traffic follows the instances.</summary>
public sealed record Scale(int Candidate, int Stable) : Move
{
    public override string Description => $"run {Candidate} of the candidate, {Stable} of the stable version";
}

/// <summary>Measures the candidate for a while and judges what was measured.</summary>
public sealed record Watch(TimeSpan Interval, int Measurements) : Move
{
    public override string Description =>
        $"watch for {Durations.Format(Interval)}, {Measurements} measurement{(Measurements == 1 ? "" : "s")}";
}

/// <summary>Waits for a person to say Promote. What was done before stays as it is meanwhile; a build that meets it ends with exit code 3.</summary>
/// <param name="Next">What the move after it does.</param>
public sealed record Pause(string Next) : Move
{
    public override string Description => $"wait for --target=Promote before: {Next}";
}

/// <summary>Stops the stable version before the candidate starts (recreate). Nothing serves until the candidate is up.</summary>
public sealed record StopStable : Move
{
    public override string Description => "stop the stable version: nothing serves until the candidate is up";
}

/// <summary>The candidate becomes the verified version of the environment. The point of no return: from here on a release only goes forward.</summary>
public sealed record Promote : Move
{
    public override string Description => "promote the candidate, the point of no return: it is the verified version now";
}

/// <summary>Stops the version before, after keeping it for a while.</summary>
public sealed record Retire(TimeSpan After) : Move
{
    public override string Description =>
        After == TimeSpan.Zero ? "retire the version before" : $"keep the version before for {Durations.Format(After)}, then retire it";
}
