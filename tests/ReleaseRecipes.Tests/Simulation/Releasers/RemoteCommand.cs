using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>One git command between a repository and its remote, as the remote carries it out.</summary>
/// <param name="here">Who asks.</param>
/// <param name="there">The remote.</param>
/// <param name="atomic">Whether it takes several refs all or none.</param>
/// <param name="beforeUpdate">Told of every ref that is about to change there.</param>
sealed class RemoteCommand(SimulatedRepository here, SimulatedRepository there, bool atomic, Action<string, string?, string> beforeUpdate)
{
    public ProgramResult Run(string[] arguments)
    {
        var behind = arguments.SkipWhile(argument => argument != "--").Skip(2).ToArray();
        return arguments[0] switch
        {
            "ls-remote" => GitCommand.Said(string.Concat(behind.Distinct().SelectMany(Listed))),
            "fetch" => Fetched(behind[0].Split(':')),
            _ => Pushed(arguments, [.. behind.Select(spec => spec.Split(':'))]),
        };
    }

    IEnumerable<string> Listed(string name)
    {
        var plain = name.Replace("^{}", "", StringComparison.Ordinal);
        if (there.Refs.GetValueOrDefault(plain) is { } hash && (plain == name || there.History.IsTag(hash)))
        {
            yield return $"{(plain == name ? hash : there.History.Peeled(hash))}\t{name}\n";
        }
    }

    ProgramResult Fetched(string[] spec)
    {
        if (there.Refs.GetValueOrDefault(spec[0].TrimStart('+')) is not { } hash)
        {
            return GitCommand.No($"fatal: couldn't find remote ref {spec[0]}", 128);
        }

        here.Take(hash);
        if (spec.Length == 1)
        {
            return GitCommand.Said("");
        }

        if (!spec[0].StartsWith('+') && here.Refs.TryGetValue(spec[1], out var old) && old != hash)
        {
            return GitCommand.No($" ! [rejected] {spec[0]} -> {spec[1]}  (would clobber existing tag)");
        }

        here.Set(spec[1], hash);
        return GitCommand.Said("");
    }

    ProgramResult Pushed(string[] arguments, List<string[]> specs)
    {
        if (arguments.Contains("--atomic") && !atomic)
        {
            return GitCommand.No("fatal: the receiving end does not support --atomic push", 128);
        }

        var lease = arguments
            .FirstOrDefault(argument => argument.StartsWith("--force-with-lease=", StringComparison.Ordinal))
            ?.Split('=', 2)[1];
        // Before the remote is asked at all.
        if (specs.Find(spec => Source(spec) is null) is [var missing, ..])
        {
            return GitCommand.No($"error: src refspec {missing} does not match any");
        }

        var updates = new List<(string Name, string? Old, string New)>();
        foreach (var spec in specs)
        {
            var forced = arguments.Contains("--force") || spec[0].StartsWith('+');
            var next = Source(spec)!;
            var old = there.Refs.GetValueOrDefault(spec[1]);
            if (!forced && Refusal(spec[1], old, next, lease) is { } refusal)
            {
                return GitCommand.No($"!\t{spec[0]}:{spec[1]}\t[rejected] ({refusal})");
            }

            updates.Add((spec[1], old, next));
        }

        foreach (var (name, old, next) in updates.Where(update => update.Old != update.New))
        {
            beforeUpdate(name, old, next);
            there.Set(name, next);
        }

        return GitCommand.Said("");
    }

    string? Source(string[] spec) => spec[0].TrimStart('+') is var name ? here.Refs.GetValueOrDefault(name) ?? here.CommitOf(name) : null;

    string? Refusal(string name, string? old, string next, string? lease) =>
        old == next ? null
        : lease is not null && $"{name}:{old}" != lease ? "stale info"
        : GitHistory.IsBranch(name) && there.History.IsTag(next) ? "invalid new value provided"
        : lease is not null || old is null ? null
        : name.StartsWith("refs/tags/", StringComparison.Ordinal) ? "already exists"
        : !here.Has(old) ? "fetch first"
        : there.History.Contains(next, old) ? null
        : "non-fast-forward";
}
