namespace ReleaseRecipes;

/// <summary>What <c>--help</c> prints.</summary>
public static class HelpPage
{
    const string Arguments = """
          --type=auto|major|minor|patch|prerelease|hotfix    what kind of version, where the commits do not decide
          --release-version=V    the version to release, approve or roll back to
          --environment=NAME     one environment
          --gate=NAME            one gate
          --component=NAME[,NAME]    of a monorepo only these
          --approve=ENV[,ENV]    approve these environments in the name of whoever runs the command
          --revoke               Approve: take the approval back instead
          --override             approve although the rules are not met, where the strategy allows it; needs --reason
          --reason=TEXT          why, for the record
          --since=DAY --until=DAY --output=PATH      Audit: a period (UTC, the end excluded), into a file (.jsonl: the events themselves)
          --all --output=PATH    Changelog: the whole history, into a file
          --last=N               Backtest: only the last N releases
          --type=service|library|monorepo --ci=github|gitlab|azure    Init: what is released, and where
          --strategy=PATH        default: release-strategy.yml at the repository's root
          --push | --no-push     default: push in CI, nowhere else
          --allow-dirty          release a work tree with uncommitted changes
          --json=PATH            one JSON document; "-" for standard output
          --working=DIR          work on another repository
          --dryrun               print the plan instead
          --exclusive            one step alone, on what the ledger knows of those before it
          --verbosity=LEVEL --tree --description    as in Cake

        Exit codes: 0 done or nothing to release, 1 failed, 2 strategy or command line wrong, 3 paused, 4 rolled back.
        """;

    /// <summary>Prints the page.</summary>
    public static void Print(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteLine("./build.sh [--target=TARGET] [ARGUMENTS]\n");
        foreach (var (name, description) in Targets.OfTheRecipe())
        {
            writer.WriteLine($"  {name, -17} {description}");
        }

        writer.WriteLine();
        writer.WriteLine(Arguments);
    }
}
