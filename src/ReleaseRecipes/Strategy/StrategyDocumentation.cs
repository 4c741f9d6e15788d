using System.Text;
using ReleaseRecipes.Strategy.Keys;
using ReleaseRecipes.Strategy.Reading;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Strategy;

/// <summary>The reference of the strategy file, from the same description that reads it.</summary>
public static class StrategyDocumentation
{
    const string Beginning = """
        # release-strategy.yml

        The file stands at the repository's top. Every key has a default; without the file, the defaults hold, and there is nothing to deploy to.
        `./build.sh --target=Validate` checks the file and tells everything that is wrong at once; `./build.sh --target=Explain` prints every
        effective value and the line that it comes from. For an editor that knows the keys, begin the file with

        ```yaml
        # yaml-language-server: $schema=./release-strategy.schema.json
        ```

        Durations carry a unit (`500ms`, `30s`, `5m`, `1h30m`, `1d`). Text that a YAML reader could take for something else is quoted
        (`"1.10"`, `"no"`). Secrets are never written here, only the names of the environment variables that hold them. Anchors, aliases and tags
        are not taken.

        """;

    const string Conditions = """

        ## Thresholds

        A threshold is a condition over metrics: `coverage > 85% AND success_rate = 100%`.

        - Comparisons: `>` `>=` `<` `<=` `=` `!=`, joined by `AND`, `OR` and `NOT`, which are upper or lower case, and by parentheses. `AND` binds before `OR`.
        - Numbers carry the unit of what they are compared with: a ratio `1%`, a duration `500ms`, `2s`, `5m` or `1h`, a count none. `error_rate > 1` is an error that
          suggests `1%`.
        - `baseline.<metric>` is the metric of the version before: `coverage >= baseline.coverage - 1%`, `response_time > baseline.response_time * 1.2`.
        - What was not measured, or came out as no number, makes the answer *unknown* wherever it could change it. For a gate unknown is a failure; for a rollout it is
          inconclusive.

        These metrics have a fixed meaning. Commands and queries may bring others, by names in lower case with underscores.

        | Metric | Unit | Meaning |
        | --- | --- | --- |

        """;

    /// <summary>The reference as Markdown.</summary>
    public static string Markdown
    {
        get
        {
            var text = new StringBuilder(Beginning);
            var keys = StrategyKeys.Section.Keys(StrategyKeys.Top).ToList();
            foreach (var group in keys.GroupBy(key => Parent(key.Path)))
            {
                Group(text, group, keys.Find(key => Plain(key.Path) == Plain(group.Key)));
            }

            text.Append(Conditions);
            foreach (var metric in MetricNames.All)
            {
                text.Append($"| `{metric.Name}` | {metric.Unit.ToString().ToLowerInvariant()} | {metric.Meaning} |\n");
            }

            return text.Append("| `pNN_response_time` | duration | NN% of the requests were faster |\n")
                .ToString()
                .ReplaceLineEndings("\n");
        }
    }

    static void Group(StringBuilder text, IGrouping<string, KeyDescription> group, KeyDescription? head)
    {
        text.Append("\n## `").Append(group.Key).Append("`\n\n");
        if (head is not null)
        {
            text.Append(head.Meaning).Append(".\n\n");
        }

        text.Append("| Key | Allowed | Default | Meaning |\n| --- | --- | --- | --- |\n");
        foreach (var key in group)
        {
            var isGroup = key.Allowed.Length == 0;
            text.Append($"| `{key.Path[(group.Key.Length + 1)..]}` ")
                .Append($"| {(isGroup ? "a group, see below" : Cell(key.Allowed))} ")
                .Append($"| {(key.Default.Length == 0 ? "" : $"`{Cell(key.Default)}`")} ")
                .Append($"| {Cell(key.Meaning)} |\n");
        }
    }

    static string Parent(string path) => path[..path.LastIndexOf('.')];

    /// <summary>The key that a group of named or listed groups belongs to.</summary>
    static string Plain(string path) =>
        path.Replace("[]", "", StringComparison.Ordinal).Replace(".<environment>", "", StringComparison.Ordinal);

    static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace("*", "\\*", StringComparison.Ordinal);
}
