namespace ReleaseRecipes.Gates.Evidence;

/// <summary>The base score of a CVSS 3 vector, by the formulas of its specification.</summary>
static class Cvss
{
    static readonly Dictionary<string, double> Weights = new(StringComparer.Ordinal)
    {
        ["AV:N"] = 0.85,
        ["AV:A"] = 0.62,
        ["AV:L"] = 0.55,
        ["AV:P"] = 0.2,
        ["AC:L"] = 0.77,
        ["AC:H"] = 0.44,
        ["UI:N"] = 0.85,
        ["UI:R"] = 0.62,
        ["C:H"] = 0.56,
        ["C:L"] = 0.22,
        ["C:N"] = 0,
        ["I:H"] = 0.56,
        ["I:L"] = 0.22,
        ["I:N"] = 0,
        ["A:H"] = 0.56,
        ["A:L"] = 0.22,
        ["A:N"] = 0,
    };

    /// <summary>The score from 0 to 10; null where the vector is of another version or incomplete.</summary>
    public static double? Score(string? vector)
    {
        if (vector is null || !vector.StartsWith("CVSS:3.", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = vector
            .Split('/')
            .Skip(1)
            .Select(part => part.Split(':'))
            .Where(part => part.Length == 2)
            .GroupBy(part => part[0])
            .ToDictionary(part => part.Key, part => part.First()[1]);
        double? Weight(string metric) =>
            parts.TryGetValue(metric, out var value) && Weights.TryGetValue($"{metric}:{value}", out var weight) ? weight : null;
        if (parts.GetValueOrDefault("S") is not ("U" or "C") || Privileges(parts) is not { } privileges)
        {
            return null;
        }

        var changed = parts["S"] == "C";
        var lost = (1 - Weight("C")) * (1 - Weight("I")) * (1 - Weight("A"));
        var exploitability = 8.22 * Weight("AV") * Weight("AC") * privileges * Weight("UI");
        if (lost is not { } kept || exploitability is not { } ease)
        {
            return null;
        }

        var share = 1 - kept;
        var impact = changed ? 7.52 * (share - 0.029) - 3.25 * Math.Pow(share - 0.02, 15) : 6.42 * share;
        return impact <= 0 ? 0 : RoundUp(Math.Min((changed ? 1.08 : 1) * (impact + ease), 10));
    }

    static double? Privileges(Dictionary<string, string> parts) =>
        (parts.GetValueOrDefault("PR"), parts.GetValueOrDefault("S")) switch
        {
            ("N", _) => 0.85,
            ("L", "C") => 0.68,
            ("L", _) => 0.62,
            ("H", "C") => 0.5,
            ("H", _) => 0.27,
            _ => null,
        };

    // As the specification rounds: to one decimal upwards, without being fooled by the last bits.
    static double RoundUp(double score)
    {
        var hundredThousandths = (long)Math.Round(score * 100_000);
        return hundredThousandths % 10_000 == 0 ? hundredThousandths / 100_000.0 : (Math.Floor(hundredThousandths / 10_000.0) + 1) / 10;
    }
}
