namespace ReleaseRecipes.Notifications;

/// <summary>What of a release people are told.</summary>
public enum Moment
{
    /// <summary>A version was decided, and its release begins.</summary>
    Planned,

    /// <summary>An environment waits for approvals.</summary>
    ApprovalNeeded,

    /// <summary>A required gate was not passed.</summary>
    GatesFailed,

    /// <summary>An environment serves the version.</summary>
    Deployed,

    /// <summary>An environment was brought back to the version before.</summary>
    RolledBack,

    /// <summary>All of the release is done.</summary>
    Released,

    /// <summary>The release failed.</summary>
    Failed,
}
