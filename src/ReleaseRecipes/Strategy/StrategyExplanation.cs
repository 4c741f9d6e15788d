using ReleaseRecipes.Strategy.Keys;

namespace ReleaseRecipes.Strategy;

/// <summary>One effective value.</summary>
/// <param name="Path">Its key, from the top: <c>release_strategy.versioning.scheme</c>.</param>
/// <param name="Value">What holds.</param>
/// <param name="Source">Where it comes from: <c>release-strategy.yml:12</c>, or <c>default</c>.</param>
public sealed record EffectiveValue(string Path, string Value, string Source);

/// <summary>Says of every value what holds and where it comes from.</summary>
public static class StrategyExplanation
{
    /// <summary>Every value of the strategy, in the order of the documentation.</summary>
    public static IReadOnlyList<EffectiveValue> Of(ReleaseStrategy strategy)
    {
        var file = Path.GetFileName(strategy.Path);
        return
        [
            .. StrategyKeys
                .Section.Values(StrategyKeys.Top, strategy)
                .Select(value => new EffectiveValue(
                    value.Path,
                    value.Value,
                    strategy.Places.TryGetValue(value.Path, out var place) ? $"{file}:{place.Line}" : "default"
                )),
        ];
    }
}
