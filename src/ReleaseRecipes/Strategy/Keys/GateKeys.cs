using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Keys;

static class GateKeys
{
    public static Section<GateSettings> Section { get; } =
        new(new GateSettings(""))
        {
            {
                "name",
                new TextShape(
                    "unit_tests, integration_tests, security_scan, performance_tests, build_validation, or a name of your own with a command",
                    Shapes.IsSimpleName,
                    "^[A-Za-z][A-Za-z0-9_-]{0,39}$"
                ),
                s => s.Name,
                (s, name) => s with { Name = name },
                "Which gate",
                true
            },
            {
                "required",
                Shapes.Flag,
                s => s.Required,
                (s, required) => s with { Required = required },
                "Whether the release stops when the gate is not passed"
            },
            {
                "threshold",
                Shapes.Threshold,
                s => s.Threshold,
                (s, threshold) => s with { Threshold = threshold },
                "The condition over what was measured. Without it the command's exit code decides"
            },
            {
                "command",
                Shapes.Command,
                s => s.Command,
                (s, command) => s with { Command = command },
                "What is run. Without it, it is found from the project's files"
            },
            {
                "reports",
                Shapes.Globs,
                s => s.Reports,
                (s, reports) => s with { Reports = reports },
                "The reports that the command writes. Without it, those that it is known to write"
            },
            {
                "timeout",
                Shapes.Duration,
                s => s.Timeout,
                (s, timeout) => s with { Timeout = timeout },
                "When the command and all that it started is ended"
            },
            {
                "retries",
                Shapes.Whole(0, 10),
                s => s.Retries,
                (s, retries) => s with { Retries = retries },
                "How often it is run again after a failure; a pass on a later try is reported as flaky"
            },
            {
                "exclusive",
                Shapes.Flag,
                s => s.Exclusive,
                (s, exclusive) => s with { Exclusive = exclusive },
                "Whether no other gate may run beside it"
            },
        };
}
