/// <summary>
/// A few failed tests, run once more by themselves: what passes then depends on what else the machine did. It is counted as passed and named as
/// flaky, as a quality gate with <c>retries: 1</c> does; it is not hidden.
/// </summary>
sealed class SecondLook(TestResults first, string folder)
{
    const int Most = 5;

    /// <summary>Whether there are failed tests, and so few that chance may have had a part in it.</summary>
    public bool IsWorthIt => first.Methods("Failed").Count is > 0 and <= Most;

    /// <summary>The filter that picks them.</summary>
    public string Filter => string.Join('|', first.Methods("Failed").Distinct().Select(method => $"FullyQualifiedName~{method}"));

    /// <summary>Those that passed this time, in every case of theirs.</summary>
    public IReadOnlyList<string> Flaky()
    {
        var second = new TestResults(folder);
        var failed = second.Methods("Failed").ToHashSet();
        var passed = second.Methods("Passed").ToHashSet();
        return [.. first.Methods("Failed").Where(method => passed.Contains(method) && !failed.Contains(method))];
    }
}
