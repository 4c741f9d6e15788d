using System.Collections;
using System.Reflection;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Strategy;

public sealed class StrategyRecordTests
{
    static readonly string[] NotOfTheFile = ["Path", "Hash", "Bytes", "Places", "EqualityContract"];

    [Test]
    public void No_setting_is_out_of_reach_of_the_file()
    {
        var strategy = StrategyFile.Read(Samples.Everything, "release-strategy.yml");

        var components = StrategyFile.Read(Samples.Components, "release-strategy.yml");
        strategy = strategy with
        {
            Components = components.Components,
            Environments = [strategy.Environments[0] with { Components = components.Environments[0].Components }],
        };

        Assert.That(Untouched(strategy, new ReleaseStrategy(), "strategy"), Is.Empty);
    }

    /// <summary>The members that a file with every key leaves as they are without it.</summary>
    static IEnumerable<string> Untouched(object read, object untouched, string path)
    {
        foreach (
            var member in read.GetType()
                .GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(member => !NotOfTheFile.Contains(member.Name))
        )
        {
            var (value, before) = (member.GetValue(read), member.GetValue(untouched));
            var name = $"{path}.{member.Name}";
            var inner = value switch
            {
                IReadOnlyList<EnvironmentSettings> environments => Untouched(environments[0], new EnvironmentSettings(""), name),
                IReadOnlyList<ComponentSettings> components => Untouched(components[0], new ComponentSettings(""), name),
                IReadOnlyList<GateSettings> gates => Untouched(gates[0], new GateSettings(""), name),
                not null when value.GetType().Name.EndsWith("Settings", StringComparison.Ordinal) => Untouched(value, before!, name),
                _ => Text(value) == Text(before) ? [name] : [],
            };
            foreach (var problem in inner)
            {
                yield return problem;
            }
        }
    }

    static string Text(object? value) => value is IEnumerable items and not string ? string.Join(",", items.Cast<object>()) : $"{value}";
}
