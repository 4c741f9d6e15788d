using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Keys;

/// <summary>The one description of <c>release-strategy.yml</c>: what reads it, its schema, its explanation and its documentation all follow from it.</summary>
static class StrategyKeys
{
    /// <summary>The key that holds all others.</summary>
    public const string Top = "release_strategy";

    static readonly (string Key, string Step, string Meaning)[] Steps =
    [
        ("changelog", "Changelog", "Whether a changelog and release notes are written"),
        ("gates", "Gates", "Whether the quality gates are asked"),
        ("package", "Package", "Whether the application is built"),
        ("tag", "Tag", "Whether the version is tagged"),
        ("deploy_staging", "DeployStaging", "Whether staging is deployed to"),
        ("deploy_production", "DeployProduction", "Whether production is deployed to"),
    ];

    public static Section<ReleaseStrategy> Section { get; } =
        new(StrategyDefaults.WithoutFile)
        {
            {
                "application",
                ApplicationKeys.Section,
                s => s.Application,
                (s, application) => s with { Application = application },
                "What is released"
            },
            {
                "versioning",
                VersioningKeys.Section,
                s => s.Versioning,
                (s, versioning) => s with { Versioning = versioning },
                "How the next version is found"
            },
            {
                "branching_strategy",
                BranchingKeys.Section,
                s => s.Branching,
                (s, branching) => s with { Branching = branching },
                "Which branches mean what"
            },
            {
                "changelog",
                ChangelogKeys.Section,
                s => s.Changelog,
                (s, changelog) => s with { Changelog = changelog },
                "How the changelog is written"
            },
            {
                "components",
                new ListShape<ComponentSettings>(ComponentKeys.Section),
                s => s.Components,
                (s, components) => s with { Components = components },
                "The parts of a monorepo that have versions, tags and changelogs of their own. Without it the repository is released as one"
            },
            {
                "quality_gates",
                new ListShape<GateSettings>(GateKeys.Section),
                s => s.QualityGates,
                (s, gates) => s with { QualityGates = gates },
                "What must be shown before anything is tagged. Without it unit_tests (success_rate = 100%) and build_validation; [] for none"
            },
            {
                "parallel",
                new MaybeShape<int>(Shapes.Whole(1, 1000)),
                s => s.ParallelGates,
                (s, parallel) => s with { ParallelGates = parallel },
                "How many gates run side by side. Without it, as many as there are processors"
            },
            {
                "deployment_strategy",
                new NamedShape<EnvironmentSettings>(
                    "environments",
                    Shapes.IsSimpleName,
                    EnvironmentKeys.Section,
                    name => new EnvironmentSettings(name),
                    environment => environment.Name
                ),
                s => s.Environments,
                (s, environments) => s with { Environments = environments },
                "The environments, in the order in which they are deployed to"
            },
            {
                "notifications",
                NotificationKeys.Section,
                s => s.Notifications,
                (s, notifications) => s with { Notifications = notifications },
                "Who is told, and how"
            },
            {
                "ledger",
                new TextShape(
                    "the full name of a git ref, such as refs/heads/release-ledger",
                    text =>
                        text.StartsWith("refs/", StringComparison.Ordinal)
                        && text.Count(c => c == '/') > 1
                        && Shapes.IsRef(text)
                        && !text.EndsWith('/'),
                    "^refs/[^/]+/.+$"
                ),
                s => s.Ledger.Ref,
                (s, name) => s with { Ledger = s.Ledger with { Ref = name } },
                "The git ref that the record of all releases is kept in"
            },
            {
                "secrets",
                Shapes.List(Shapes.Variable),
                s => s.Secrets,
                (s, secrets) => s with { Secrets = secrets },
                "Environment variables whose values are never shown, beside those whose names look like it"
            },
            {
                "steps",
                StepSwitches,
                s => s.DisabledSteps,
                (s, disabled) => s with { DisabledSteps = disabled },
                "Steps that are switched off: recorded, and nothing done"
            },
        };

    static Section<IReadOnlySet<string>> StepSwitches
    {
        get
        {
            var section = new Section<IReadOnlySet<string>>(new HashSet<string>(StringComparer.OrdinalIgnoreCase));
            foreach (var (key, step, meaning) in Steps)
            {
                section.Add(
                    key,
                    Shapes.Flag,
                    disabled => !disabled.Contains(step),
                    (disabled, on) => on ? disabled : new HashSet<string>([.. disabled, step], StringComparer.OrdinalIgnoreCase),
                    meaning
                );
            }

            return section;
        }
    }
}
