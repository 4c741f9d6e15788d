using ReleaseRecipes.Notifications;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Flow;

/// <summary>Tells the stakeholders what became of the release. Nobody who cannot be reached stops it.</summary>
public sealed class News(ReleaseSession release)
{
    /// <summary>Tells one thing, made of facts that the release has by now.</summary>
    public async Task TellAsync(
        Moment moment,
        CancellationToken cancel,
        string? environment = null,
        string? reason = null,
        string? next = null
    )
    {
        if (release.Parts.Notifiers.Count == 0)
        {
            return;
        }

        var version = release.Version;
        var news = new ReleaseNews(moment, release.ApplicationName, version.Version)
        {
            Previous = version.Previous,
            Environment = environment,
            Url = environment is null ? null : await UrlAsync(environment, cancel),
            Reason = reason,
            Notes = release.NotesAreKnown ? release.Notes.Whole : "",
            Subjects = [.. version.Commits.Select(commit => commit.Message.Header)],
            Next = next,
        };
        release.Terminal.Progress("telling the stakeholders");
        await new Outbox(release.Ledger, release.Parts.Notifiers, problem => release.Terminal.Line($"  {problem}", Tone.Warning)).TellAsync(
            version.Version,
            news.Without(release.Secrets),
            cancel
        );
    }

    async Task<Uri?> UrlAsync(string environment, CancellationToken cancel)
    {
        var url = (await release.Ledger.HeadAsync(cancel)).State.Environments.GetValueOrDefault(environment)?.Url;
        return Uri.TryCreate(url, UriKind.Absolute, out var address) ? address : null;
    }
}
