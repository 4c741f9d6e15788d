using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Approvals;

/// <summary>Goes through the events of one release in their order and keeps the approvals that count.</summary>
sealed class ApprovalJudge(
    ApprovalSettings rules,
    ApprovalSubject subject,
    DateTimeOffset now,
    IReadOnlyList<Person> initiators,
    IReadOnlyDictionary<long, SignatureCheck> signatures
)
{
    const string Override = Approval.ByOverride;
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    readonly List<(Person Person, Approval Approval)> counted = [];
    readonly List<string> problems = [];
    readonly HashSet<string> seen = [];

    public void Hear(LedgerEvent fact)
    {
        if (LedgerFold.Text(fact, "environment") != subject.Environment)
        {
            return;
        }

        if (Revocation.Of(fact) is { } revocation)
        {
            // In doubt it stops: a revocation that nobody signed holds as well. That it is forged, the audit says.
            counted.RemoveAll(entry => entry.Person.IsSame(Person.Parse(revocation.Approver)));
        }
        else if (Approval.Of(fact) is { } approval)
        {
            Weigh(approval);
        }
    }

    public ApprovalStanding Standing()
    {
        var approvals = counted.Where(entry => entry.Approval.Via != Override).ToList();
        var overrides = counted.Where(entry => entry.Approval.Via == Override).ToList();
        var minimum = Math.Max(1, rules.Minimum);
        var overridden = approvals.Count < minimum && rules.AllowOverride && overrides.Count >= Approval.VoicesOfAnOverride;
        return new ApprovalStanding(
            minimum,
            [.. (overridden ? overrides : approvals).Select(entry => entry.Approval)],
            problems,
            approvals.Count >= minimum || overridden
        )
        {
            Overridden = overridden,
            Overriding = approvals.Count >= minimum || overridden ? 0 : overrides.Count,
            Open = [.. rules.Approvers.Where(name => !counted.Any(entry => entry.Person.Is(name)) && !IsExcluded(name))],
        };
    }

    void Weigh(Approval approval)
    {
        var (person, problem) = Identify(approval);
        problem ??= Refusal(approval, person);
        if (problem is not null)
        {
            problems.Add($"The approval of {person} does not count: {problem}.");
        }
        else if (
            counted.Any(entry =>
                entry.Person.IsSame(person, rules.Approvers) && (entry.Approval.Via == Override) == (approval.Via == Override)
            )
        )
        {
            // The same person again, or under another name: counts once.
        }
        else
        {
            counted.Add((person, approval with { Approver = Shown(approval, person) }));
        }
    }

    (Person Person, string? Problem) Identify(Approval approval)
    {
        var claimed = Person.Parse(approval.Approver);
        if (!rules.Signed)
        {
            return (claimed, null);
        }

        if (approval.Signature is null)
        {
            return (claimed, "it is not signed");
        }

        return !signatures.TryGetValue(approval.Sequence, out var check) ? (claimed, "its signature was not verified")
            : check.Signer is null ? (claimed, check.Problem ?? "its signature is not valid")
            : !seen.Add(approval.Signature) ? (claimed, "its signature was used before")
            : (new Person("", check.Signer), null);
    }

    string? Refusal(Approval approval, Person person) =>
        Other(approval.Subject) is { } other ? $"it was for another {other}"
        : approval.At > now + Skew ? $"it was given in the future ({EventHash.Time(approval.At)})"
        : rules.Expiry is { } expiry && approval.At + expiry < now ? $"it expired {EventHash.Time(approval.At + expiry)}"
        : rules.Approvers.Count > 0 && !rules.Approvers.Any(person.Is) ? $"only {string.Join(", ", rules.Approvers)} may approve"
        : person.IsBot && rules.Approvers.Count == 0 ? "a program does not approve, unless it is named in approvers"
        : approval.Via == Override ? OverrideRefusal(approval)
        : rules.ExcludeInitiator && initiators.Any(person.IsSame) ? "who started the release may not approve it"
        : null;

    string? OverrideRefusal(Approval approval) =>
        !rules.AllowOverride ? "the strategy allows no override"
        : string.IsNullOrWhiteSpace(approval.Reason) ? "an override needs a reason"
        : null;

    string? Other(ApprovalSubject approved) =>
        approved.Version != subject.Version ? $"version ({approved.Version})"
        : approved.Commit != subject.Commit ? $"commit ({Short(approved.Commit)})"
        : approved.Plan != subject.Plan ? $"plan ({Short(approved.Plan)})"
        : approved.Digest != subject.Digest ? $"build ({Short(approved.Digest)})"
        : null;

    /// <summary>The name that somebody gives themselves is shown beside a signed address, and never counts.</summary>
    static string Shown(Approval approval, Person signer) =>
        Person.Parse(approval.Approver) is var claimed && claimed.Email == signer.Email ? claimed.ToString() : signer.ToString();

    bool IsExcluded(string name) => rules.ExcludeInitiator && initiators.Any(person => person.Is(name));

    static string Short(string hash) => hash.Length > 8 ? hash[..8] : hash;
}
