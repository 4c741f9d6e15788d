namespace ReleaseRecipes.Deployment;

/// <summary>Judges one measurement of a candidate. Pure.</summary>
public interface IJudge
{
    /// <summary>What the measurement says.</summary>
    Judgement Judge(Measurement measurement);
}
