using ReleaseRecipes.Approvals;
using ReleaseRecipes.Dashboard.Delivery;
using ReleaseRecipes.Dashboard.Reading;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Dashboard.Pages;

/// <summary>The one page: where each environment stands, how delivery goes, and the newest releases.</summary>
static class OverviewPage
{
    const int Shown = 50;

    public static Markup Show(Overview overview, string version) =>
        Layout.Page(
            $"Releases of {overview.Repository}",
            version,
            Markup.Of(
                $"""
                <h1>Releases of {overview.Repository}</h1>
                <section aria-labelledby="environments"><h2 id="environments">Environments</h2>
                {Environments(overview.Environments)}</section>
                <section aria-labelledby="delivery"><h2 id="delivery">Delivery, last 90 days</h2>
                {Delivery(overview.Delivery)}</section>
                <section aria-labelledby="trend"><h2 id="trend">Deployments to production by week</h2>
                {TrendChart.Show(overview.Weeks)}</section>
                <section aria-labelledby="gates"><h2 id="gates">Gates passed</h2>
                {Gates(GateRate.Of(overview.Releases))}</section>
                <section aria-labelledby="releases"><h2 id="releases">Releases</h2>
                {Releases(overview.Releases)}</section>
                """
            )
        );

    static Markup Environments(IReadOnlyList<EnvironmentRecord> environments) =>
        environments.Count == 0
            ? Markup.Of($"<p>Nothing was deployed yet.</p>")
            : Markup.Of($"""<ul class="places">{Markup.Join(environments.Select(Environment))}</ul>""");

    static Markup Environment(EnvironmentRecord place) =>
        Markup.Of(
            $"""
            <li><h3>{place.Name}</h3>
            <p class="version">{place.Verified ?? "nothing verified"}</p>
            <p>{Badge.Of(place.State)}{Candidate(place)}</p>
            {Link(place.Url)}{Earlier(place)}</li>

            """
        );

    static Markup Candidate(EnvironmentRecord place) =>
        place.Candidate is not { } candidate ? Markup.Empty
        : place.Weights.TryGetValue(candidate, out var weight) ? Markup.Of($" {candidate} with {weight}% of the traffic")
        : Markup.Of($" {candidate} without traffic");

    /// <summary>Only addresses of the web become links: a ledger can hold anything.</summary>
    static Markup Link(string? url) =>
        url is null ? Markup.Empty
        : Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? Markup.Of($"""<p><a href="{address.AbsoluteUri}" rel="noreferrer">{address.AbsoluteUri}</a></p>""")
        : Markup.Of($"<p>{url}</p>");

    /// <summary>The page shows and changes nothing: the way back is a command, for somebody with the right to it.</summary>
    static Markup Earlier(EnvironmentRecord place) =>
        place.Earlier.Count == 0
            ? Markup.Empty
            : Markup.Of(
                $"""
                <p class="quiet">Before: {string.Join(", ", place.Earlier.Take(5))}</p>
                <p class="quiet">Way back: <code class="command">./build.sh --target=Rollback --environment={place.Name}</code></p>

                """
            );

    static Markup Delivery(DeliveryMeasures measures) =>
        Markup.Of(
            $"""
            <dl class="measures">
            <div><dt>Deployment frequency</dt><dd>{Words.Frequency(measures.Frequency)}</dd></div>
            <div><dt>Change lead time</dt><dd>{Words.Time(measures.LeadTime)}</dd></div>
            <div><dt>Change fail rate</dt><dd>{Words.Share(measures.FailRate)}</dd></div>
            <div><dt>Failed deployment recovery time</dt><dd>{Words.Time(measures.Recovery)}</dd></div>
            </dl>

            """
        );

    static Markup Gates(IReadOnlyList<GateRate> gates) =>
        gates.Count == 0
            ? Markup.Of($"<p>No gate was evaluated yet.</p>")
            : Markup.Of($"""<dl class="measures">{Markup.Join(gates.Select(Gate))}</dl>""");

    static Markup Gate(GateRate gate) =>
        Markup.Of(
            $"""
            <div><dt>{gate.Name}</dt><dd>{Words.Share(
                (double)gate.Passed / gate.All
            )} <span class="quiet">{gate.Passed} of {gate.All}</span></dd></div>

            """
        );

    static Markup Releases(IReadOnlyList<ReleaseRow> releases) =>
        releases.Count == 0
            ? Markup.Of($"<p>Nothing was released yet.</p>")
            : Markup.Of(
                $"""
                <div class="scroll" role="region" aria-labelledby="releases" tabindex="0"><table>
                <thead><tr><th scope="col">Version</th><th scope="col">State</th><th scope="col">Planned</th><th scope="col">By</th><th scope="col">Commit</th><th scope="col">Verified in</th><th scope="col">Approved by</th><th scope="col">Gates</th></tr></thead>
                <tbody>
                {Markup.Join(releases.Take(Shown).Select(Release))}</tbody></table></div>
                {More(releases.Count - Shown)}
                """
            );

    static Markup More(int hidden) => hidden <= 0 ? Markup.Empty : Markup.Of($"""<p class="quiet">and {hidden} earlier ones</p>""");

    static Markup Release(ReleaseRow release) =>
        Markup.Of(
            $"""
            <tr><th scope="row">{release.Version}</th><td>{Badge.Of(release.State)}{Note(
                release.Problem ?? release.Reason
            )}</td><td>{Words.Moment(release.At)}</td><td>{Words.Person(release.Actor)}</td><td><code>{Words.Short(
                release.Commit
            )}</code></td><td>{string.Join(", ", release.Verified)}</td><td>{Markup.Join(
                release.Admissions.Select(Approval)
            )}</td><td>{Markup.Join(release.Gates.Select(Gate))}</td></tr>

            """
        );

    static Markup Approval(Admission admission) =>
        Markup.Of(
            $"""<span class="note">{admission.Environment}: {string.Join(", ", admission.Approvers.Select(Words.Person))}{Override(admission)}</span>"""
        );

    static Markup Override(Admission admission) =>
        admission.Overridden
            ? Markup.Of($""" <strong class="bad">overriding the rules</strong>: {Words.Excerpt(admission.Reason ?? "")}""")
            : Markup.Empty;

    static Markup Note(string? text) =>
        string.IsNullOrEmpty(text) ? Markup.Empty : Markup.Of($"""<span class="note">{Words.Excerpt(text)}</span>""");

    static Markup Gate(GateRow gate) => Markup.Of($"""<span class="gate">{gate.Name}: {gate.Verdict}</span>""");
}
