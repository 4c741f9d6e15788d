using ReleaseRecipes.Output;

namespace ReleaseRecipes.Notifications;

/// <summary>What people are told, made of facts only. What is not known is left out, never guessed.</summary>
/// <param name="Moment">What happened.</param>
/// <param name="Application">The application's name.</param>
/// <param name="Version">The version.</param>
public sealed record ReleaseNews(Moment Moment, string Application, string Version)
{
    /// <summary>The version before; null for the first.</summary>
    public string? Previous { get; init; }

    /// <summary>Where it happened; null where it is about the release as a whole.</summary>
    public string? Environment { get; init; }

    /// <summary>Where users reach it.</summary>
    public Uri? Url { get; init; }

    /// <summary>Why, where something went wrong or somebody is needed.</summary>
    public string? Reason { get; init; }

    /// <summary>The release notes, as Markdown.</summary>
    public string Notes { get; init; } = "";

    /// <summary>The commits' first lines, newest first; the issues that they name are told as well.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>The command to type next.</summary>
    public string? Next { get; init; }

    /// <summary>Tells two happenings of one kind apart, such as a second rollback of one version; part of <see cref="Key"/>.</summary>
    public string? Occasion { get; init; }

    /// <summary>What makes it this very news: nobody is told twice of one key.</summary>
    public string Key =>
        string.Join('/', new[] { Snake(Moment.ToString()), Environment, Occasion }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>What happened, as one sentence without a full stop.</summary>
    public string Headline =>
        Moment switch
        {
            Moment.Planned => $"{Application} {Version} is being released",
            Moment.ApprovalNeeded => $"{Application} {Version} waits for approval{(Environment is null ? "" : $" for {Environment}")}",
            Moment.GatesFailed => $"{Application} {Version} was stopped by its quality gates",
            Moment.Deployed => $"{Application} {Version} is deployed to {Environment}",
            Moment.RolledBack => $"{Application} {Version} was rolled back{(Environment is null ? "" : $" from {Environment}")}"
                + (Previous is null ? "" : $", {Previous} serves again"),
            Moment.Released => $"{Application} {Version} is released",
            _ => $"The release of {Application} {Version} failed",
        };

    /// <summary>The same without any secret in it: reasons and notes quote what programs and people wrote.</summary>
    public ReleaseNews Without(Secrets secrets) =>
        this with
        {
            Reason = Reason is null ? null : secrets.Mask(Reason),
            Notes = secrets.Mask(Notes),
            Subjects = [.. Subjects.Select(secrets.Mask)],
            Next = Next is null ? null : secrets.Mask(Next),
        };

    static string Snake(string name) =>
        string.Concat(
            name.Select(
                (letter, i) =>
                    i > 0 && char.IsAsciiLetterUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"
            )
        );
}
