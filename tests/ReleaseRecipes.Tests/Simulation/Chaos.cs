namespace ReleaseRecipes.Tests.Simulation;

/// <summary>The process dies here. No code of the release may catch it.</summary>
public sealed class CrashException : Exception
{
    public CrashException()
        : base("the process died") { }
}

/// <summary>What goes wrong in a simulated world, decided by a seed: latencies, failures, deaths of the process.</summary>
public sealed class Chaos(TimeProvider time, Random? random = null)
{
    bool dead;

    /// <summary>The chance that a call of the target fails.</summary>
    public double FailureRate { get; set; }

    /// <summary>The chance that the process dies at any step.</summary>
    public double CrashRate { get; set; }

    /// <summary>How many steps there were.</summary>
    public int Steps { get; private set; }

    /// <summary>Dies at exactly this step, counted from 1; never where 0.</summary>
    public int CrashAt { get; set; }

    /// <summary>The next process starts.</summary>
    public void Revive() => dead = false;

    public bool Chance(double rate) => rate > 0 && random is not null && random.NextDouble() < rate;

    public bool Fails(string what) => what.Length > 0 && Chance(FailureRate);

    /// <summary>One step of the world: takes a while, may fail, and the process may die before or after it.</summary>
    public async Task StepAsync(string what, CancellationToken cancel)
    {
        MayDie();
        if (random is not null && random.Next(4) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 3000)), time, cancel);
            MayDie();
        }

        if (Fails(what))
        {
            throw new ReleaseException($"The target did not answer ({what}).");
        }
    }

    /// <summary>A point at which the process may die.</summary>
    public void MayDie()
    {
        Steps++;
        if (dead || Steps == CrashAt || Chance(CrashRate))
        {
            dead = true;
            throw new CrashException();
        }
    }
}
