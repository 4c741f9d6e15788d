using System.Collections.Concurrent;
using System.Globalization;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Approvals;

/// <summary>Who had to approve what, and whose signatures counted, at any time: for an audit of releases long past.</summary>
/// <param name="git">The repository.</param>
/// <param name="based">The base branch; null where there is none.</param>
/// <param name="strategyPath">The strategy file, relative to the repository's top.</param>
/// <param name="names">The names that the build registers.</param>
public sealed class RulesInTime(GitRepository git, BaseBranch? based, string strategyPath, KnownNames names) : IDisposable
{
    // A branch is written on other machines, whose clocks are not this one's.
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    readonly GitObjects objects = new(git);
    readonly ConcurrentDictionary<string, Task<IReadOnlyList<(string Commit, DateTimeOffset At)>>> versions = new();
    readonly ConcurrentDictionary<string, ReleaseStrategy?> strategies = new();

    /// <summary>The rules for an environment of a release; null where they cannot be known any more.</summary>
    /// <param name="planned">The event that planned the release.</param>
    /// <param name="environment">The environment's name.</param>
    /// <param name="at">When it was touched.</param>
    public async Task<ApprovalSettings?> RulesAsync(LedgerEvent planned, string environment, DateTimeOffset at)
    {
        var then = (await HistoryOfAsync(strategyPath)).FirstOrDefault(version => version.At <= at);
        var there = Environment(await ReadAsync(then.Commit), environment);
        return there is { Approvals: { Required: true, Signed: true } signed }
            ? signed
            : Environment(await ReadAsync(LedgerFold.Text(planned, "commit")), environment)?.Approvals;
    }

    /// <summary>Whose signatures counted at a time, as the base branch had them then.</summary>
    /// <param name="path">The file of allowed signers.</param>
    /// <param name="at">When it was signed.</param>
    public async Task<AllowedSigners> SignersAsync(string path, DateTimeOffset at)
    {
        var lines = new List<string>();
        foreach (var commit in await CommitsAsync(path, at))
        {
            lines.AddRange((await objects.FindAsync($"{commit}:{path}"))?.Text.Split('\n') ?? []);
        }

        var day = at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new AllowedSigners(string.Join('\n', lines.Distinct()))
        {
            Source = $"{path} on {based?.Name ?? "the main branch"} as of {day}",
        };
    }

    public void Dispose() => objects.Dispose();

    static EnvironmentSettings? Environment(ReleaseStrategy? strategy, string name) =>
        strategy?.Environments.FirstOrDefault(environment => environment.Name == name);

    async Task<ReleaseStrategy?> ReadAsync(string? commit)
    {
        if (commit is null || await objects.FindAsync($"{commit}:{strategyPath}") is not { } file)
        {
            return null;
        }

        return strategies.GetOrAdd(
            file.Hash,
            _ =>
            {
                try
                {
                    return StrategyFile.Read(file.Content, strategyPath, names);
                }
                catch (ReleaseException)
                {
                    // Written for another version of the recipe: what it asked for is not known any more.
                    return null;
                }
            }
        );
    }

    /// <summary>
    /// The commits of the base branch whose version of a file may have been the one at a time: git knows whole seconds only, so that one of the same
    /// second may have come after it, and one by a clock that is ahead before it.
    /// </summary>
    async Task<IReadOnlyList<string>> CommitsAsync(string path, DateTimeOffset at)
    {
        var history = await HistoryOfAsync(path);
        var second = DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
        var around = history.Where(version => version.At >= second && version.At <= at + Skew);
        return
        [
            .. around.Append(history.FirstOrDefault(version => version.At < second)).Select(version => version.Commit).OfType<string>(),
        ];
    }

    // Newest first.
    Task<IReadOnlyList<(string Commit, DateTimeOffset At)>> HistoryOfAsync(string path) => versions.GetOrAdd(path, HistoryAsync);

    async Task<IReadOnlyList<(string Commit, DateTimeOffset At)>> HistoryAsync(string path)
    {
        if (based is null)
        {
            return [];
        }

        var log = await git.ReadAsync("log", "--first-parent", "--format=%H %ct", based.Ref, "--", path);
        return
        [
            .. log.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' '))
                .Select(parts => (parts[0], DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture)))),
        ];
    }
}
