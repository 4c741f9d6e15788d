using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Keys;

static class MetricsKeys
{
    public static Section<MetricsSettings> Section { get; } =
        new(new())
        {
            {
                "provider",
                Shapes.Name(names => names.MetricProviders),
                s => s.Provider,
                (s, provider) => s with { Provider = provider },
                "Where measurements come from. Without it, from the target itself"
            },
            {
                "url",
                Shapes.Url,
                s => s.Url,
                (s, url) => s with { Url = url },
                "The server of provider prometheus; the address to probe of provider http"
            },
            {
                "queries",
                new TableShape("metrics", IsMetric, Shapes.Query),
                s => s.Queries,
                (s, queries) => s with { Queries = queries },
                "A query for each metric; {version}, {environment}, {track} and {interval} are replaced. For provider prometheus"
            },
            {
                "command",
                Shapes.Command,
                s => s.Command,
                (s, command) => s with { Command = command },
                "What prints one JSON object of metrics. For provider command"
            },
            {
                "token_env",
                Shapes.Variable,
                s => s.TokenEnv,
                (s, variable) => s with { TokenEnv = variable },
                "The environment variable that holds a bearer token"
            },
        };

    static bool IsMetric(string name) =>
        char.IsAsciiLetterLower(name.FirstOrDefault())
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_');
}
