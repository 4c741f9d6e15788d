using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Strategy.Keys;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Strategy;

public sealed class StrategySchemaTests
{
    [Test]
    public void The_schema_file_is_that_of_the_reader() => Approved.Text("release-strategy.schema.json", StrategySchema.Text);

    [Test]
    public void Every_key_that_the_reader_knows_is_in_the_schema_and_the_other_way_round()
    {
        var reader = StrategyKeys.Section.Keys(StrategyKeys.Top).Select(key => key.Path);
        var schema = Paths(StrategySchema.Json["properties"]![StrategyKeys.Top]!, StrategyKeys.Top);

        Assert.That(schema, Is.EquivalentTo(reader));
    }

    [TestCase(Samples.Seed)]
    [TestCase(Samples.Everything)]
    [TestCase(Samples.Components)]
    public void What_the_reader_takes_the_schema_takes(string text) => Assert.That(SchemaCheck.Problems(text), Is.Empty);

    [TestCase("release_strategy: { versionin: {} }")]
    [TestCase("release_strategy: { parallel: \"3\" }")]
    [TestCase("release_strategy: { parallel: 0 }")]
    [TestCase("release_strategy: { versioning: { scheme: sematic } }")]
    [TestCase("release_strategy: { versioning: { initial_version: 1.10 } }")]
    [TestCase("release_strategy: { branching_strategy: { main_branch: no } }")]
    [TestCase("release_strategy: { quality_gates: [{ required: true }] }")]
    [TestCase("release_strategy: { quality_gates: [{ name: unit_tests, timeout: 300 }] }")]
    [TestCase("release_strategy: { deployment_strategy: { 'a/b': {} } }")]
    [TestCase("release_strategy: { deployment_strategy: { p: { canary_percentage: [0, 100] } } }")]
    [TestCase("release_strategy: { steps: { tag: 0 } }")]
    [TestCase("release_strategy: { components: [{ name: core }] }")]
    [TestCase("release_strategy: { components: [{ name: 1a, path: a }] }")]
    [TestCase("release_strategy: { components: [{ name: core, path: { a: b } }] }")]
    [TestCase("release_strategy: []")]
    public void What_the_schema_refuses_the_reader_refuses(string text)
    {
        Assert.That(SchemaCheck.Problems(text), Is.Not.Empty);
        Assert.Throws<ReleaseException>(() => StrategyFile.Read(text, "x"));
    }

    [Test]
    public void Every_key_says_what_it_means()
    {
        var keys = StrategyKeys.Section.Keys(StrategyKeys.Top).ToList();

        Assert.That(keys.Where(key => key.Meaning.Length < 5 || key.Meaning.EndsWith('.')), Is.Empty);
        Assert.That(keys.Select(key => key.Path), Is.Unique);
    }

    static IEnumerable<string> Paths(JsonNode schema, string path) =>
        (schema["properties"]?.AsObject() ?? []).SelectMany(key => Inner(key.Value!, $"{path}.{key.Key}").Prepend($"{path}.{key.Key}"));

    static IEnumerable<string> Inner(JsonNode schema, string path) =>
        schema["items"] is { } items ? Paths(items, path + "[]")
        : schema["additionalProperties"] is JsonObject named ? Paths(named, path + ".<environment>")
        : Paths(schema, path);

    /// <summary>As much of JSON Schema as the strategy's schema uses, over YAML as an editor's reader types it.</summary>
    static class SchemaCheck
    {
        public static IReadOnlyList<string> Problems(string yaml) => [.. Check(StrategySchema.Json, EditorYaml.Read(yaml), "$")];

        static IEnumerable<string> Check(JsonNode schema, JsonNode? value, string path)
        {
            if (schema["enum"] is JsonArray allowed)
            {
                return allowed.Any(word => JsonNode.DeepEquals(word, value)) ? [] : [$"{path}: not in enum"];
            }

            if (schema["anyOf"] is JsonArray shapes)
            {
                return shapes.Any(shape => !Check(shape!, value, path).Any()) ? [] : [$"{path}: fits none"];
            }

            return schema["type"]!.GetValue<string>() switch
            {
                "object" when value is JsonObject members => Members(schema, members, path),
                "array" when value is JsonArray items => items.SelectMany((item, i) => Check(schema["items"]!, item, $"{path}[{i}]")),
                "string" when value is JsonValue text && text.TryGetValue<string>(out var letters) => Pattern(schema, letters, path),
                "boolean" when value is JsonValue flag && flag.TryGetValue<bool>(out _) => [],
                "integer" when value is JsonValue number && number.TryGetValue<int>(out var whole) => Range(schema, whole, path),
                var type => [$"{path}: is no {type}"],
            };
        }

        static IEnumerable<string> Members(JsonNode schema, JsonObject members, string path)
        {
            var known = schema["properties"]?.AsObject() ?? [];
            foreach (var required in schema["required"]?.AsArray() ?? [])
            {
                if (!members.ContainsKey(required!.GetValue<string>()))
                {
                    yield return $"{path}: {required} is missing";
                }
            }

            foreach (var (name, value) in members)
            {
                var isNamed = schema["propertyNames"]?["pattern"] is not { } names || Regex.IsMatch(name, names.GetValue<string>());
                var inner = known[name] ?? schema["additionalProperties"] as JsonObject;
                foreach (var problem in !isNamed || inner is null ? [$"{path}.{name}: unknown"] : Check(inner, value, $"{path}.{name}"))
                {
                    yield return problem;
                }
            }
        }

        static IEnumerable<string> Pattern(JsonNode schema, string text, string path) =>
            text.Length >= (schema["minLength"]?.GetValue<int>() ?? 0)
            && (schema["pattern"] is not { } pattern || Regex.IsMatch(text, pattern.GetValue<string>()))
                ? []
                : [$"{path}: '{text}' does not fit"];

        static IEnumerable<string> Range(JsonNode schema, int number, string path) =>
            number >= schema["minimum"]!.GetValue<int>() && number <= schema["maximum"]!.GetValue<int>()
                ? []
                : [$"{path}: {number} is out of range"];
    }
}
