using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Git;

/// <summary>Why a remote did not do what it was asked.</summary>
public enum RemoteTrouble
{
    /// <summary>git does not say in words that are known.</summary>
    Unknown,

    /// <summary>There is no connection, or it broke.</summary>
    Unreachable,

    /// <summary>No answer came in time.</summary>
    Slow,

    /// <summary>There is no repository at that address.</summary>
    NotThere,

    /// <summary>Whoever asks may not.</summary>
    NoAccess,

    /// <summary>A rule of the server protects the ref.</summary>
    Protected,

    /// <summary>A hook or a setting of the remote said no.</summary>
    Refused,

    /// <summary>The remote went on since it was looked at.</summary>
    Behind,

    /// <summary>There is such a tag already.</summary>
    TagTaken,

    /// <summary>The remote cannot take several refs all or none.</summary>
    NotAtomic,

    /// <summary>The remote cannot store what it was sent: its disk is full, or not writable.</summary>
    NoRoom,
}

/// <summary>Finds out from what git printed why a remote did not do what it was asked.</summary>
public static class RemoteTroubles
{
    // The first that fits counts: servers wrap their reasons in general ones ("pre-receive hook declined").
    static readonly (RemoteTrouble Trouble, string[] Words)[] Known =
    [
        (RemoteTrouble.NotAtomic, ["does not support --atomic"]),
        // GH006 and GH013 are GitHub's, "protected branch(es)" everybody's.
        (RemoteTrouble.Protected, ["GH006", "GH013", "protected branch", "protected tag", "is protected"]),
        (
            RemoteTrouble.NoRoom,
            ["no space left", "quota exceeded", "unpacker error", "unable to create temporary object", "unable to write"]
        ),
        (RemoteTrouble.Refused, ["hook declined", "prohibited", "is currently checked out", "denying", "hidden ref"]),
        (RemoteTrouble.Behind, ["non-fast-forward", "fetch first", "stale info", "is behind"]),
        (RemoteTrouble.TagTaken, ["already exists", "would clobber"]),
        (
            RemoteTrouble.NoAccess,
            [
                "authentication failed",
                "could not read username",
                "could not read password",
                "permission denied",
                "access denied",
                "error: 403",
                "error: 401",
            ]
        ),
        (
            RemoteTrouble.NotThere,
            ["does not appear to be a git repository", "repository not found", "repository not exported", "error: 404"]
        ),
        (
            RemoteTrouble.Unreachable,
            [
                "could not read from remote",
                "could not resolve",
                "unable to connect",
                "unable to access",
                "hung up",
                "early eof",
                "connection",
                "disconnect",
            ]
        ),
    ];

    /// <summary>The trouble behind a git command that failed.</summary>
    public static RemoteTrouble Of(ProgramResult result) =>
        result.TimedOut ? RemoteTrouble.Slow
        : Known.FirstOrDefault(known => known.Words.Any(word => Says(result, word))) is { Words: not null } known ? known.Trouble
        : RemoteTrouble.Unknown;

    /// <summary>Whether it may be gone at the next attempt.</summary>
    public static bool MayPass(this RemoteTrouble trouble) => trouble is RemoteTrouble.Unknown or RemoteTrouble.Unreachable;

    /// <summary>What to do about it, where that does not depend on what was asked; null where it does.</summary>
    public static string? Advice(this RemoteTrouble trouble, string remote) =>
        trouble switch
        {
            RemoteTrouble.NoAccess =>
                $"Let the releaser in: check the credentials with 'git ls-remote {remote}' and 'git push --dry-run {remote}'.",
            RemoteTrouble.NotThere => $"Check the address with 'git remote get-url {remote}' and 'git ls-remote {remote}'.",
            RemoteTrouble.NoRoom => $"Make room at {remote}, or its repository writable, and run the same command again.",
            RemoteTrouble.Unreachable or RemoteTrouble.Slow =>
                $"Check with 'git ls-remote {remote}', and run the same command again: it goes on here.",
            _ => null,
        };

    /// <summary>The last lines of what git and the remote said.</summary>
    public static string Said(ProgramResult result) =>
        string.Join('\n', (result.Output + result.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(6));

    static bool Says(ProgramResult result, string words) =>
        result.Output.Contains(words, StringComparison.OrdinalIgnoreCase)
        || result.Error.Contains(words, StringComparison.OrdinalIgnoreCase);
}
