namespace ReleaseRecipes.Deployment;

/// <summary>The upper tail of the standard normal distribution.</summary>
static class NormalTail
{
    static readonly double[] Coefficients =
    [
        -1.26551223,
        1.00002368,
        0.37409196,
        0.09678418,
        -0.18628806,
        0.27886807,
        -1.13520398,
        1.48851587,
        -0.82215223,
        0.17087277,
    ];

    /// <summary>The chance of a value above <paramref name="z"/>, with a relative error below 2e-7.</summary>
    public static double Above(double z)
    {
        var x = Math.Abs(z) / Math.Sqrt(2);
        var t = 1 / (1 + (x / 2));
        // Horner's scheme over a Chebyshev fit of the complementary error function.
        var sum = Coefficients.Reverse().Aggregate(0.0, (value, coefficient) => (value * t) + coefficient);
        var tail = t * Math.Exp((-x * x) + sum) / 2;
        return z >= 0 ? tail : 1 - tail;
    }
}
