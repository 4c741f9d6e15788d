using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Keys;

static class TargetKeys
{
    public static Section<LocalSettings> Local { get; } =
        new(new())
        {
            {
                "port",
                Shapes.Port,
                s => s.Port,
                (s, port) => s with { Port = port },
                "Where the gateway listens on 127.0.0.1. Without it a free port, which the environment then keeps"
            },
        };

    public static Section<KubernetesSettings> Kubernetes { get; } =
        new(new())
        {
            {
                "context",
                Shapes.NoOption,
                s => s.Context,
                (s, context) => s with { Context = context },
                "The kubeconfig's context. Without it the current one"
            },
            { "namespace", ResourceName("a namespace"), s => s.Namespace, (s, name) => s with { Namespace = name }, "The namespace" },
            {
                "deployment",
                ResourceName("a Deployment"),
                s => s.Deployment,
                (s, name) => s with { Deployment = name },
                "The Deployment. Without it app-<environment>"
            },
            {
                "workloads",
                Shapes.List(ResourceName("a Deployment")),
                s => s.Workloads,
                (s, names) => s with { Workloads = names },
                "Deployments that are moved side by side, where there is more than one"
            },
            {
                "container",
                ResourceName("a container"),
                s => s.Container,
                (s, name) => s with { Container = name },
                "The container whose image is the application's"
            },
            {
                "service",
                ResourceName("a Service"),
                s => s.Service,
                (s, name) => s with { Service = name },
                "The Service. Without it, named as the Deployment"
            },
            {
                "traffic",
                Shapes.Words("replicas", "gateway_api", "istio", "nginx"),
                s => s.Traffic,
                (s, traffic) => s with { Traffic = traffic },
                "What splits the traffic of a canary"
            },
            {
                "route",
                ResourceName("an HTTPRoute, VirtualService or Ingress"),
                s => s.Route,
                (s, name) => s with { Route = name },
                "The HTTPRoute, VirtualService or Ingress. Without it, named as the Service"
            },
            {
                "clusters",
                Shapes.List(Shapes.NoOption),
                s => s.Clusters,
                (s, contexts) => s with { Clusters = contexts },
                "Contexts to deploy to in waves. Without it, the one context"
            },
            {
                "max_parallel",
                Shapes.Whole(1, 100),
                s => s.MaxParallel,
                (s, most) => s with { MaxParallel = most },
                "How many clusters are deployed to at once"
            },
        };

    public static Section<NugetSettings> Nuget { get; } =
        new(new())
        {
            {
                "source",
                new TextShape(
                    "a folder or the address of a v3 feed, without a user in it",
                    source => !source.Contains('@', StringComparison.Ordinal) && source[0] != '-'
                ),
                s => s.Source,
                (s, source) => s with { Source = source },
                "The feed"
            },
            {
                "packages",
                Shapes.Globs,
                s => s.Packages,
                (s, packages) => s with { Packages = packages },
                "What is pushed. Without it, the application's artefacts"
            },
            {
                "api_key_env",
                Shapes.Variable,
                s => s.ApiKeyEnv,
                (s, variable) => s with { ApiKeyEnv = variable },
                "The environment variable that holds the feed's key"
            },
        };

    public static Section<CommandSettings> Command { get; } =
        new(new())
        {
            {
                "deploy",
                Shapes.Command,
                s => s.Deploy,
                (s, command) => s with { Deploy = command },
                "Brings RELEASE_VERSION to RELEASE_ENVIRONMENT"
            },
            {
                "shift",
                Shapes.Command,
                s => s.Shift,
                (s, command) => s with { Shift = command },
                "Sends RELEASE_WEIGHT percent of the traffic to RELEASE_VERSION and the rest to the other one; RELEASE_WEIGHTS has all of it as JSON. Without it, deploy makes a version serve everything"
            },
            {
                "rollback",
                Shapes.Command,
                s => s.Rollback,
                (s, command) => s with { Rollback = command },
                "Goes back to the version before"
            },
            {
                "status",
                Shapes.Command,
                s => s.Status,
                (s, command) => s with { Status = command },
                "Prints the version that serves; without it a crash in the middle cannot be settled by looking"
            },
        };

    static TextShape ResourceName(string what) =>
        new(
            $"the name of {what}: lower-case letters, digits, '-' and '.'",
            text =>
                text.Length <= 253
                && char.IsAsciiLetterOrDigit(text[0])
                && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '.'),
            "^[a-z0-9][a-z0-9.-]*$"
        );
}
