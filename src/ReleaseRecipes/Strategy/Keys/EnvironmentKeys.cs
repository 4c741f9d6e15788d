using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Keys;

static class EnvironmentKeys
{
    public static Section<EnvironmentSettings> Section { get; } =
        new(new EnvironmentSettings(""))
        {
            {
                "type",
                Shapes.Name(names => names.DeploymentTypes),
                s => s.Type,
                (s, type) => s with { Type = type },
                "How a version takes over from the one before"
            },
            {
                "provider",
                Shapes.Name(names => names.Providers),
                s => s.Provider,
                (s, provider) => s with { Provider = provider },
                "Where it runs"
            },
            {
                "components",
                Shapes.Texts,
                s => s.Components,
                (s, names) => s with { Components = names },
                "The components that it runs: a release of others alone passes it by. Without it every release goes there"
            },
            {
                "approvals",
                ApprovalKeys.Section,
                s => s.Approvals,
                (s, approvals) => s with { Approvals = approvals with { Required = true } },
                "Who must approve before the environment is touched"
            },
            {
                "approval_required",
                Shapes.Flag,
                s => s.Approvals.Required,
                (s, required) => s with { Approvals = s.Approvals with { Required = required } },
                "Whether anybody must approve; true where approvals are described"
            },
            {
                "canary_percentage",
                Shapes.List(Shapes.Whole(1, 100, "percent")),
                s => s.CanaryPercentage,
                (s, weights) => s with { CanaryPercentage = weights },
                "The candidate's share of the traffic, move by move: rising, the last one 100"
            },
            {
                "interval",
                Shapes.Duration,
                s => s.Interval,
                (s, interval) => s with { Interval = interval },
                "How long each move is watched"
            },
            {
                "measurements",
                Shapes.Whole(1, 1000),
                s => s.Measurements,
                (s, measurements) => s with { Measurements = measurements },
                "How many measurements are taken in one interval"
            },
            {
                "rollback_threshold",
                Shapes.Threshold,
                s => s.RollbackThreshold,
                (s, threshold) => s with { RollbackThreshold = threshold },
                "The condition under which the candidate is taken back. Without it, only failing health checks do that"
            },
            {
                "min_requests",
                Shapes.Whole(0, 1_000_000_000),
                s => s.MinRequests,
                (s, requests) => s with { MinRequests = requests },
                "Below this number of requests a measurement is inconclusive"
            },
            {
                "on_no_data",
                new ChoiceShape<bool> { { "pause", false }, { "rollback", true } },
                s => s.RollbackOnNoData,
                (s, rollback) => s with { RollbackOnNoData = rollback },
                "What becomes of a rollout without evidence"
            },
            {
                "confirm",
                Shapes.List(Shapes.Words("traffic", "promotion")),
                s => s.Confirm,
                (s, moves) => s with { Confirm = moves },
                "Which moves wait for a person's --target=Promote: those that give the candidate more traffic, and the promotion"
            },
            {
                "failure_limit",
                Shapes.Whole(0, 1000),
                s => s.FailureLimit,
                (s, limit) => s with { FailureLimit = limit },
                "Breached measurements in one interval that are let pass; the next one rolls back"
            },
            {
                "inconclusive_limit",
                Shapes.Whole(0, 1000),
                s => s.InconclusiveLimit,
                (s, limit) => s with { InconclusiveLimit = limit },
                "Inconclusive measurements in one interval that are let pass; the next one does what on_no_data says"
            },
            {
                "error_limit",
                Shapes.Whole(0, 1000),
                s => s.ErrorLimit,
                (s, limit) => s with { ErrorLimit = limit },
                "Measurements in a row that could not be taken that are let pass"
            },
            {
                "judge",
                Shapes.Words("threshold", "statistical"),
                s => s.Judge,
                (s, judge) => s with { Judge = judge },
                "Whether the threshold alone judges, or the candidate is compared with the version now serving as well"
            },
            {
                "smoke_test",
                Shapes.Command,
                s => s.SmokeTest,
                (s, command) => s with { SmokeTest = command },
                "What must succeed against the candidate before it gets traffic"
            },
            {
                "keep_previous",
                Shapes.DurationOrNone,
                s => s.KeepPrevious,
                (s, keep) => s with { KeepPrevious = keep },
                "How long the version before is kept running after a blue-green switch"
            },
            {
                "replicas",
                Shapes.Whole(1, 1000),
                s => s.Replicas,
                (s, replicas) => s with { Replicas = replicas },
                "How many instances serve, where the target does not know it itself"
            },
            {
                "max_surge",
                Instances,
                s => s.MaxSurge,
                (s, surge) => s with { MaxSurge = surge },
                "How many instances a rolling move may add at once; a percentage is rounded up"
            },
            {
                "max_unavailable",
                Instances,
                s => s.MaxUnavailable,
                (s, unavailable) => s with { MaxUnavailable = unavailable },
                "How many instances a rolling move may take away at once; a percentage is rounded down"
            },
            {
                "start_timeout",
                Shapes.Duration,
                s => s.StartTimeout,
                (s, limit) => s with { StartTimeout = limit },
                "How long an instance may take to become healthy"
            },
            {
                "metrics",
                MetricsKeys.Section,
                s => s.Metrics,
                (s, metrics) => s with { Metrics = metrics },
                "Where measurements come from"
            },
            { "local", TargetKeys.Local, s => s.Local, (s, local) => s with { Local = local }, "Provider local" },
            {
                "kubernetes",
                TargetKeys.Kubernetes,
                s => s.Kubernetes,
                (s, kubernetes) => s with { Kubernetes = kubernetes },
                "Provider kubernetes"
            },
            {
                "nuget",
                TargetKeys.Nuget,
                s => s.Nuget,
                (s, nuget) => s with { Nuget = nuget },
                "Provider nuget: the environment is a feed"
            },
            {
                "command",
                TargetKeys.Command,
                s => s.Command,
                (s, command) => s with { Command = command },
                "Provider command: commands of your own"
            },
        };

    static Shape<string> Instances =>
        new TextShape(
            "a percentage in quotes, such as \"25%\", or a number in quotes, such as \"1\"",
            text =>
                text.TrimEnd('%') is { Length: > 0 and <= 3 } digits && digits.All(char.IsAsciiDigit) && text.Length - digits.Length <= 1,
            "^[0-9]{1,3}%?$"
        );
}
