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
    const string Override = "override";
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

        if (fact.Kind == EventKinds.Revoked)
        {
            var person = Person.Parse(LedgerFold.Text(fact, "approver") ?? fact.Actor);
            counted.RemoveAll(entry => entry.Person.IsSame(person));
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
        var overridden = approvals.Count < minimum && rules.AllowOverride && overrides.Count >= 2;
        return new ApprovalStanding(
            minimum,
            [.. (overridden ? overrides : approvals).Select(entry => entry.Approval)],
            problems,
            approvals.Count >= minimum || overridden
        )
        {
            Overridden = overridden,
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
        else if (counted.Any(entry => IsOne(entry.Person, person) && (entry.Approval.Via == Override) == (approval.Via == Override)))
        {
            // The same person again, or under another name: counts once.
        }
        else
        {
            counted.Add((person, approval with { Approver = person.ToString() }));
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
            : (new Person(claimed.Email == check.Signer ? claimed.Name : "", check.Signer), null);
    }

    string? Refusal(Approval approval, Person person) =>
        Other(approval.Subject) is { } other ? $"it was for another {other}"
        : approval.At > now + Skew ? $"it was given in the future ({EventHash.Time(approval.At)})"
        : rules.Expiry is { } expiry && approval.At + expiry < now ? $"it expired {EventHash.Time(approval.At + expiry)}"
        : rules.Approvers.Count > 0 && !rules.Approvers.Any(person.Is) ? $"only {string.Join(", ", rules.Approvers)} may approve"
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

    /// <summary>Two signed addresses of one entry of <c>approvers</c> are one person, too.</summary>
    bool IsOne(Person one, Person other) => one.IsSame(other) || rules.Approvers.Any(name => one.Is(name) && other.Is(name));

    bool IsExcluded(string name) => rules.ExcludeInitiator && initiators.Any(person => person.Is(name));

    static string Short(string hash) => hash.Length > 8 ? hash[..8] : hash;
}
