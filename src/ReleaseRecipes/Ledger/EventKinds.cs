namespace ReleaseRecipes.Ledger;

/// <summary>The kinds of event, each with the data that it carries.</summary>
public static class EventKinds
{
    /// <summary>A version was decided: previous, bump, reason, tag, commit, branch, plan, notes; components, each with the same of its own.</summary>
    public const string Planned = "release.planned";

    /// <summary>A step ended: step, result (done, off, nothing), and the step's facts.</summary>
    public const string Step = "step.done";

    /// <summary>A gate was evaluated: the whole record of the gate.</summary>
    public const string Gate = "gate.evaluated";

    /// <summary>Something outside the process is about to be done: key, effect, and what it needs to be found again.</summary>
    public const string Intent = "effect.intent";

    /// <summary>It was done, or found done: key, effect, outcome.</summary>
    public const string Outcome = "effect.outcome";

    /// <summary>It failed for certain: key, effect, problem.</summary>
    public const string Failure = "effect.failed";

    /// <summary>Somebody agreed: environment, approver, plan, via, signature.</summary>
    public const string Approved = "approval.given";

    /// <summary>Somebody took an approval back: environment, approver, reason, signature.</summary>
    public const string Revoked = "approval.revoked";

    /// <summary>What an environment asks for was found there, before it was touched: environment, approvers, minimum, overridden.</summary>
    public const string Admitted = "environment.admitted";

    /// <summary>A rollout began: environment, attempt, strategy, moves, stable.</summary>
    public const string RolloutStarted = "rollout.started";

    /// <summary>A move was performed: environment, attempt, index, move, weights; stable_idle where the stable version has no traffic, stable_lost where it does not come up.</summary>
    public const string Moved = "rollout.moved";

    /// <summary>One watch was judged: environment, attempt, index, verdict (passed, breached, unhealthy, no_evidence, aborted, let_go_on), metrics, reason.</summary>
    public const string Judged = "rollout.judged";

    /// <summary>A rollout waits for a person or for evidence: environment, index, reason.</summary>
    public const string Paused = "rollout.paused";

    /// <summary>A person let a paused rollout take its next move: environment, index.</summary>
    public const string Resumed = "rollout.resumed";

    /// <summary>The version serves everything and was verified: environment, url, digest.</summary>
    public const string Verified = "environment.verified";

    /// <summary>The environment is back on the last verified version, or says that it could not be: environment, attempt, from, to, reason, restored, problem, digest.</summary>
    public const string RolledBack = "environment.rolled_back";

    /// <summary>An environment has an owner: environment, owner, fence, expires.</summary>
    public const string LeaseTaken = "lease.taken";

    /// <summary>It has none any more: environment, fence.</summary>
    public const string LeaseReleased = "lease.released";

    /// <summary>All of the release is done: environments.</summary>
    public const string Released = "release.released";

    /// <summary>The release failed: step, problem.</summary>
    public const string Failed = "release.failed";

    /// <summary>A person ended it: reason.</summary>
    public const string Aborted = "release.aborted";

    /// <summary>A message was delivered: channel, key.</summary>
    public const string Notified = "notification.sent";
}
