namespace ReleaseRecipes.Strategy;

/// <summary>What holds where a repository has no strategy file.</summary>
public static class StrategyDefaults
{
    /// <summary>
    /// Semantic versions from Conventional Commits on <c>main</c>, tags with <c>v</c>, release notes, no changelog file, no environments, and
    /// two gates that must be passed: every unit test, and the build.
    /// </summary>
    public static ReleaseStrategy WithoutFile =>
        new()
        {
            QualityGates = [new GateSettings("unit_tests") { Threshold = "success_rate = 100%" }, new GateSettings("build_validation")],
        };
}
