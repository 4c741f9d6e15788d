using System.Globalization;
using System.Text;
using ReleaseRecipes.Git;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Versioning;

/// <summary>
/// A history drawn by chance: merges of up to four parents, several roots, tags with versions in any order, HEAD on the newest commit.
/// It answers slowly and simply, by the ancestors of every commit, what the reader of histories must find by reading little.
/// </summary>
sealed class RandomHistory : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly int[][] parents;
    readonly long[] seconds;
    readonly bool[][] ancestors;
    readonly SortedDictionary<int, List<int>> tags = [];

    /// <summary>Draws a history.</summary>
    /// <param name="seed">The same one gives the same history.</param>
    /// <param name="wrongness">By how many seconds a clock may be wrong.</param>
    public RandomHistory(int seed, int wrongness)
    {
        var random = new Random(seed);
        parents = new int[random.Next(2, 90)][];
        seconds = new long[parents.Length];
        ancestors = new bool[parents.Length][];
        var reach = random.Next(1, 12);
        for (var number = 0; number < parents.Length; number++)
        {
            var count =
                number == 0 || random.Next(40) == 0
                    ? 0
                    : random.Next(8) switch
                    {
                        < 5 => 1,
                        < 7 => 2,
                        _ => random.Next(1, 5),
                    };
            parents[number] =
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(_ => number - 1 - random.Next(Math.Min(number, random.Next(9) == 0 ? number : reach)))
                    .Distinct(),
            ];
            seconds[number] = 1_500_000_000 + (number * 7200L) + random.NextInt64(-wrongness / 2, (wrongness / 2) + 1);
            ancestors[number] = new bool[parents.Length];
            ancestors[number][number] = true;
            foreach (var parent in parents[number])
            {
                ancestors[number] = [.. ancestors[number].Zip(ancestors[parent], (one, other) => one || other)];
            }
        }

        for (var version = random.Next(9); version > 0; version--)
        {
            var commit = random.Next(parents.Length);
            tags.TryAdd(commit, []);
            tags[commit].Add(version);
        }
    }

    int Head => parents.Length - 1;

    IEnumerable<(int Commit, int Version)> Releases =>
        tags.Where(tag => tag.Key != Head)
            .SelectMany(tag => tag.Value.Select(version => (tag.Key, version)))
            .OrderByDescending(tag => tag.version);

    /// <summary>The commits that HEAD has and no release has.</summary>
    public IEnumerable<string> Unreleased =>
        Numbers.Where(number => ancestors[Head][number] && !Releases.Any(release => ancestors[release.Commit][number])).Select(MessageOf);

    /// <summary>The highest release among HEAD's ancestors, or a higher one that has commits which HEAD has and those lack.</summary>
    public string? Previous
    {
        get
        {
            var own = Releases.Where(release => ancestors[Head][release.Commit]).ToList();
            var elsewhere = Releases
                .Where(release => !ancestors[Head][release.Commit])
                .Where(release =>
                    Numbers.Any(number =>
                        ancestors[Head][number] && ancestors[release.Commit][number] && !own.Any(other => ancestors[other.Commit][number])
                    )
                )
                .Take(1);
            return own.Concat(elsewhere)
                .OrderByDescending(release => release.Version)
                .Select(release => NameOf(release.Version))
                .FirstOrDefault();
        }
    }

    /// <summary>For every commit that HEAD or a release has the lowest release that has it; the empty string where none has.</summary>
    public IReadOnlyDictionary<string, string> FirstReleases =>
        Numbers
            .Where(number => ancestors[Head][number] || Releases.Any(release => ancestors[release.Commit][number]))
            .ToDictionary(
                MessageOf,
                number =>
                    tags.Where(tag => ancestors[tag.Key][number]).SelectMany(tag => tag.Value).Order().Select(NameOf).FirstOrDefault("")
            );

    IEnumerable<int> Numbers => Enumerable.Range(0, parents.Length);

    /// <summary>Makes it as a real repository.</summary>
    public async Task<GitRepository> MakeAsync()
    {
        await GitAsync(null, "init", "-q", "-b", "main");
        var stream = new StringBuilder();
        foreach (var number in Numbers)
        {
            var message = MessageOf(number);
            stream.Append(CultureInfo.InvariantCulture, $"commit refs/import/{number}\nmark :{number + 1}\n");
            stream.Append(CultureInfo.InvariantCulture, $"committer Ada <ada@example.com> {seconds[number]} +0000\n");
            stream.Append(CultureInfo.InvariantCulture, $"data {message.Length}\n{message}\n");
            foreach (var (index, parent) in parents[number].Index())
            {
                stream.Append(CultureInfo.InvariantCulture, $"{(index == 0 ? "from" : "merge")} :{parent + 1}\n");
            }

            stream.Append('\n');
        }

        foreach (var (commit, versions) in tags)
        {
            versions.ForEach(version =>
                stream.Append(CultureInfo.InvariantCulture, $"reset refs/tags/{NameOf(version)}\nfrom :{commit + 1}\n\n")
            );
        }

        stream.Append(CultureInfo.InvariantCulture, $"reset refs/heads/main\nfrom :{Head + 1}\n\n");
        await GitAsync(stream.ToString(), "fast-import", "--quiet", "--force");
        return await GitRepository.OpenAsync(folder.Path);
    }

    public void Dispose() => folder.Dispose();

    static string MessageOf(int number) => string.Create(CultureInfo.InvariantCulture, $"fix: change {number}");

    static string NameOf(int version) => string.Create(CultureInfo.InvariantCulture, $"v1.{version}.0");

    async Task GitAsync(string? input, params string[] arguments)
    {
        var result = await ProgramRunner.RunAsync(new ProgramCall("git", arguments) { WorkingDirectory = folder.Path, Input = input });
        Assert.That(result.Succeeded, result.Error);
    }
}
