using ReleaseRecipes.Approvals;

namespace ReleaseRecipes.Strategy.Contradictions;

static class EnvironmentContradictions
{
    public static IEnumerable<Contradiction> Of(EnvironmentSettings environment, string path, Func<string, bool> isInFile) =>
        [
            .. Weights(environment.CanaryPercentage, $"{path}.canary_percentage"),
            .. Approvals(environment.Approvals, path, isInFile),
            .. Rolling(environment, path),
            .. Metrics(environment.Metrics, $"{path}.metrics"),
        ];

    /// <summary>Two gateways cannot listen on one port.</summary>
    public static IEnumerable<Contradiction> SharedPorts(IReadOnlyList<EnvironmentSettings> environments, string path)
    {
        for (var i = 1; i < environments.Count; i++)
        {
            if (environments.Take(i).FirstOrDefault(before => Port(before) is { } port && port == Port(environments[i])) is { } first)
            {
                yield return new Contradiction(
                    $"{path}.{environments[i].Name}.local.port",
                    $"port {Port(first)} is that of {first.Name} already",
                    "Give each environment a port of its own, or none."
                );
            }
        }
    }

    static int? Port(EnvironmentSettings environment) => environment.Provider == "local" ? environment.Local.Port : null;

    static IEnumerable<Contradiction> Weights(IReadOnlyList<int> weights, string path)
    {
        for (var i = 1; i < weights.Count; i++)
        {
            if (weights[i] <= weights[i - 1])
            {
                yield return new Contradiction(
                    $"{path}[{i}]",
                    $"{weights[i]} is not greater than the {weights[i - 1]} before it",
                    "Write rising percentages that end with 100."
                );
            }
        }

        if (weights.Count == 0 || weights[^1] != 100)
        {
            yield return new Contradiction(
                path,
                weights.Count == 0
                    ? "there is no percentage"
                    : $"the last percentage is {weights[^1]}, so the candidate never serves everything",
                "End with 100."
            );
        }
    }

    static IEnumerable<Contradiction> Approvals(ApprovalSettings approvals, string path, Func<string, bool> isInFile)
    {
        if (!approvals.Required && isInFile($"{path}.approvals"))
        {
            yield return new Contradiction(
                $"{path}.approval_required",
                "approvals are described, and approval_required is false",
                "Write approval_required: true, or remove approvals."
            );
        }

        var people = Person.Distinct(approvals.Approvers.Select(Person.Parse), []).Count;
        if (people < approvals.Approvers.Count)
        {
            yield return new Contradiction(
                $"{path}.approvals.approvers",
                "an approver is there twice, perhaps by name and by address",
                "Name each person once."
            );
        }

        var available = people - (approvals.ExcludeInitiator ? 1 : 0);
        if (people > 0 && approvals.Minimum > available)
        {
            yield return new Contradiction(
                $"{path}.approvals.minimum",
                $"{approvals.Minimum} approvals can never be given: there {(people == 1 ? "is 1 approver" : $"are {people} approvers")}"
                    + (approvals.ExcludeInitiator ? ", and one of them may be who started the release" : ""),
                available < 1 ? "Name more approvers." : $"Write {available} or less, or name more approvers."
            );
        }

        if (approvals.AllowOverride && people is > 0 and < Approval.VoicesOfAnOverride)
        {
            yield return new Contradiction(
                $"{path}.approvals.allow_override",
                $"an override takes {Approval.VoicesOfAnOverride} people, and there is 1 approver",
                "Name more approvers, or remove allow_override."
            );
        }
    }

    static IEnumerable<Contradiction> Rolling(EnvironmentSettings environment, string path)
    {
        if (environment.MaxSurge.TrimStart('0') is "" or "%" && environment.MaxUnavailable.TrimStart('0') is "" or "%")
        {
            yield return new Contradiction(
                $"{path}.max_surge",
                "max_surge and max_unavailable are both 0, so no instance could ever be replaced",
                "Let one of them be at least \"1\"."
            );
        }
    }

    static IEnumerable<Contradiction> Metrics(MetricsSettings metrics, string path)
    {
        var missing = metrics.Provider switch
        {
            "prometheus" or "http" when metrics.Url is null => "url",
            "command" when metrics.Command is null => "command",
            "prometheus" when metrics.Queries.Count == 0 => "queries",
            _ => null,
        };
        if (missing is not null)
        {
            yield return new Contradiction(
                $"{path}.provider",
                $"provider {metrics.Provider} needs {missing}",
                $"Write metrics: {{ {missing}: … }}."
            );
        }
    }
}
