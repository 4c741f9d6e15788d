namespace ReleaseRecipes.Output;

/// <summary>What a line of output means to its reader; shown as a colour on a terminal only.</summary>
public enum Tone
{
    /// <summary>Ordinary text.</summary>
    Plain,

    /// <summary>Something that is of less interest: hashes, paths, reasons.</summary>
    Quiet,

    /// <summary>A heading or a name.</summary>
    Strong,

    /// <summary>Something went well.</summary>
    Good,

    /// <summary>Something needs attention, but does not stop the release.</summary>
    Warning,

    /// <summary>Something failed.</summary>
    Bad,
}
