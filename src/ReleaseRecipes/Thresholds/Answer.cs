namespace ReleaseRecipes.Thresholds;

/// <summary>What a condition comes to. Ordered, so that AND is the least and OR the greatest of its parts (Kleene's logic).</summary>
public enum Answer
{
    /// <summary>The condition does not hold.</summary>
    No,

    /// <summary>There is no evidence. Never a pass: a gate fails on it, a rollout waits.</summary>
    Unknown,

    /// <summary>The condition holds.</summary>
    Yes,
}

/// <summary>What a threshold came to.</summary>
/// <param name="Answer">Whether the condition holds.</param>
/// <param name="Text">The condition with the values put in, and the answer: <c>coverage 83.2% &gt; 85%: no</c>.</param>
public sealed record Evaluation(Answer Answer, string Text);
