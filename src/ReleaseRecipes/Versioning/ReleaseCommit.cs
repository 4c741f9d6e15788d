using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>A commit of a release with its message understood.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Message">What its message says.</param>
/// <param name="Bump">How far it alone moves the version.</param>
public sealed record ReleaseCommit(GitCommit Commit, ConventionalMessage Message, Bump Bump)
{
    /// <summary>The item of a squashed body that decides the bump; null where the commit's own header or a breaking note does.</summary>
    public ConventionalMessage? Listed { get; init; }

    /// <summary>Whether a release of another line told of it before, so that it is worth a patch at most.</summary>
    public bool AnnouncedElsewhere { get; init; }

    /// <summary>The commit by short hash and header: <c>abc1234 feat(cart): gift cards</c>.</summary>
    public override string ToString() => $"{Commit.ShortHash} {Message.Header}";

    /// <summary>Reads a commit by the strategy's rules.</summary>
    public static ReleaseCommit Of(GitCommit commit, VersioningSettings settings)
    {
        var message = ConventionalParser.Parse(commit.Message, settings.StrictBreakingFooter);
        var bump = BumpTable.Of(message, settings.Bumps);
        return new ReleaseCommit(commit, message, bump)
        {
            Listed =
                message.Breaking || BumpTable.Of(message with { Listed = [] }, settings.Bumps) == bump
                    ? null
                    : message.Listed.First(part => BumpTable.Of(part, settings.Bumps) == bump),
        };
    }
}
