using System.Text.RegularExpressions;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>
/// What <c>dotnet test</c> is told so that test projects leave their results. Projects on Microsoft.Testing.Platform are
/// programs that take options of their own, which differ by the packages they have; an unknown one ends them.
/// </summary>
/// <param name="Text">The project file and what is set for all of them.</param>
/// <param name="CoverageWanted">Whether the gate asks for coverage.</param>
sealed partial record DotnetTestArguments(string Text, bool CoverageWanted)
{
    const string OptIn = "{ \"test\": { \"runner\": \"Microsoft.Testing.Platform\" } }";

    /// <summary>What is missing in global.json where a project runs on the platform: .NET 10 runs it in no other way.</summary>
    public static string OptInAdvice(string project) =>
        $"{project} runs on Microsoft.Testing.Platform, and dotnet test wants that written into global.json: {OptIn}";

    /// <summary>Whether dotnet test is told to run the platform.</summary>
    public static bool IsOptedIn(ProjectFiles files) =>
        files.Read("global.json").Contains("Microsoft.Testing.Platform", StringComparison.Ordinal);

    /// <summary>Whether the project cannot be run in any other way, as far as its files show.</summary>
    public bool NeedsPlatform => !MarkedForVsTest().IsMatch(Text) && NeedsThePlatform().IsMatch(Text);

    public string OnPlatform() => $"--results-directory \"{FoundCommand.ReportFolder}\"{PlatformResults}{PlatformCoverage}";

    public string Classic() =>
        $"--logger trx --results-directory \"{FoundCommand.ReportFolder}\""
        + (Has("coverlet.collector") ? " --collect \"XPlat Code Coverage\"" : "");

    /// <summary>The package without which the evidence is not there that the gate needs; null where nothing lacks.</summary>
    public string? MissingPackage(bool platform) =>
        platform && PlatformResults.Length == 0 ? "Microsoft.Testing.Extensions.TrxReport"
        : !CoverageWanted ? null
        : platform
            ? PlatformCoverage.Length == 0 ? "Microsoft.Testing.Extensions.CodeCoverage"
                : null
        : Has("coverlet.collector") ? null
        : "coverlet.collector";

    bool Bundled => BundlesExtensions().IsMatch(Text);

    string PlatformResults =>
        Bundled || Has("Microsoft.Testing.Extensions.TrxReport") ? " --report-trx"
        : Has("xunit.v3") ? " --report-xunit-trx"
        : "";

    string PlatformCoverage =>
        Has("coverlet.MTP") ? " --coverlet --coverlet-output-format cobertura"
        : Has("Microsoft.Testing.Extensions.CodeCoverage") || Bundled && CoverageWanted ? " --coverage --coverage-output-format cobertura"
        : "";

    bool Has(string package) => Text.Contains(package, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        """
            "TUnit"|MSTest\.Sdk|<(EnableMSTestRunner|EnableNUnitRunner|UseMicrosoftTestingPlatformRunner|TestingPlatformDotnetTestSupport)>\s*true|"xunit\.v3(\.mtp-v[0-9])?"\s+Version="\[?([4-9]|[1-9][0-9])\.
            """,
        RegexOptions.IgnoreCase
    )]
    private static partial Regex NeedsThePlatform();

    [GeneratedRegex("<UseVSTest>\\s*true|\"xunit\\.v3\\.mtp-off\"", RegexOptions.IgnoreCase)]
    private static partial Regex MarkedForVsTest();

    // These bring the extensions for results and coverage along.
    [GeneratedRegex("\"TUnit\"|MSTest\\.Sdk|\"MSTest\"", RegexOptions.IgnoreCase)]
    private static partial Regex BundlesExtensions();
}
