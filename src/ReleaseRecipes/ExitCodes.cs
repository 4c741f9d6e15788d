namespace ReleaseRecipes;

/// <summary>What the process ends with. Scripts and CI servers branch on these; they never change meaning.</summary>
public static class ExitCodes
{
    /// <summary>Everything asked for was done, or there was nothing to release.</summary>
    public const int Done = 0;

    /// <summary>The release failed.</summary>
    public const int Failed = 1;

    /// <summary>The strategy file or the command line is wrong; nothing was done.</summary>
    public const int WrongInput = 2;

    /// <summary>An approval or a window is missing; the same release goes on later.</summary>
    public const int Paused = 3;

    /// <summary>A deployment failed and its environment was brought back to the last verified version.</summary>
    public const int RolledBack = 4;
}
