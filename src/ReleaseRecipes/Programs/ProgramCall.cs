namespace ReleaseRecipes.Programs;

/// <summary>One program to run: a file name and its arguments, which no shell ever sees.</summary>
/// <param name="FileName">The program, looked up on PATH.</param>
/// <param name="Arguments">Its arguments, passed through as they are.</param>
public sealed record ProgramCall(string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>The folder it runs in; the current one where null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables to set, or to remove where the value is null, on top of this process's own.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>What it reads on standard input, as UTF-8; nothing where null.</summary>
    public string? Input { get; init; }

    /// <summary>How long it may take; no limit where null. Past it the whole process tree is ended.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The call as a person would type it, for messages.</summary>
    public override string ToString() =>
        string.Join(' ', [FileName, .. Arguments.Select(a => a.Contains(' ', StringComparison.Ordinal) || a.Length == 0 ? $"'{a}'" : a)]);
}
