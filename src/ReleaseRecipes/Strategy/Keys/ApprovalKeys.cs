using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Keys;

static class ApprovalKeys
{
    public static Section<ApprovalSettings> Section { get; } =
        new(new())
        {
            {
                "minimum",
                Shapes.Whole(1, 100),
                s => s.Minimum,
                (s, minimum) => s with { Minimum = minimum },
                "How many distinct people must approve"
            },
            {
                "approvers",
                Shapes.Texts,
                s => s.Approvers,
                (s, approvers) => s with { Approvers = approvers },
                "Who may approve. Without it, anybody"
            },
            {
                "exclude_initiator",
                Shapes.Flag,
                s => s.ExcludeInitiator,
                (s, exclude) => s with { ExcludeInitiator = exclude },
                "Whether who started the release may not approve it"
            },
            {
                "via",
                new ChoiceShape<bool> { { "prompt", false }, { "signed", true } },
                s => s.Signed,
                (s, signed) => s with { Signed = signed },
                "Whether an approval is given at a prompt or by --approve, or must carry the approver's signature"
            },
            {
                "allowed_signers",
                Shapes.Path,
                s => s.AllowedSigners,
                (s, file) => s with { AllowedSigners = file },
                "The approvers' public keys, in the format of ssh-keygen's allowed signers"
            },
            {
                "expiry",
                new MaybeShape<TimeSpan>(Shapes.Duration),
                s => s.Expiry,
                (s, expiry) => s with { Expiry = expiry },
                "How long an approval stays good. Without it, for ever"
            },
            {
                "allow_override",
                Shapes.Flag,
                s => s.AllowOverride,
                (s, allow) => s with { AllowOverride = allow },
                "Whether --override with a reason and a second person may stand in for missing approvals"
            },
        };
}
