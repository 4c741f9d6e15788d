namespace ReleaseRecipes.Git;

/// <summary>One commit as git keeps it. Everything in it was written by others and is data only.</summary>
/// <param name="Hash">Its full hash.</param>
/// <param name="Parents">The full hashes of its parents; none for a root, two or more for a merge.</param>
/// <param name="Author">The author's name, after the repository's mailmap.</param>
/// <param name="Email">The author's address, after the repository's mailmap.</param>
/// <param name="Date">When it was committed.</param>
/// <param name="Message">The whole message, decoded; what is no UTF-8 shows as replacement characters.</param>
public sealed record GitCommit(string Hash, IReadOnlyList<string> Parents, string Author, string Email, DateTimeOffset Date, string Message)
{
    /// <summary>The first seven digits of the hash.</summary>
    public string ShortHash => Hash.Length > 7 ? Hash[..7] : Hash;

    /// <summary>Whether it joins branches.</summary>
    public bool IsMerge => Parents.Count > 1;

    /// <summary>The files that it changed; filled only where the reader was asked for them.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
