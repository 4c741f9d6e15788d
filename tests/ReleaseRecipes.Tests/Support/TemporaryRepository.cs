using System.Globalization;
using ReleaseRecipes.Git;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Tests.Support;

/// <summary>A real git repository for one test, independent of the machine's git configuration and clock: every commit is a minute after the one before.</summary>
public sealed class TemporaryRepository : IDisposable
{
    readonly TemporaryFolder folder = new();
    DateTimeOffset now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public TemporaryRepository(string branch = "main")
    {
        Git("init", "-q", "-b", branch);
        foreach (var (name, value) in Settings)
        {
            Git("config", name, value);
        }
    }

    static (string Name, string Value)[] Settings =>
        [
            ("user.name", "Ada Lovelace"),
            ("user.email", "ada@example.com"),
            ("commit.gpgSign", "false"),
            ("tag.gpgSign", "false"),
            ("core.autocrlf", "false"),
        ];

    public string Root => folder.Path;

    public TemporaryFolder Files => folder;

    public Task<GitRepository> OpenAsync() => GitRepository.OpenAsync(Root);

    /// <summary>Commits everything, or an empty change, and returns the hash.</summary>
    public string Commit(string message)
    {
        Git("add", "-A");
        GitReading(message, "commit", "-q", "--allow-empty", "--cleanup=verbatim", "-F", "-");
        return Head;
    }

    /// <summary>Lets time pass on its own clock.</summary>
    public void Pass(TimeSpan time) => now += time;

    public void Tag(string name) => Git("tag", "-a", "-m", name, name);

    public string Head => Git("rev-parse", "HEAD");

    public string Git(params string[] arguments) => GitReading(null, arguments);

    public string GitReading(string? input, params string[] arguments)
    {
        now += TimeSpan.FromMinutes(1);
        var date = now.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
        var result = ProgramRunner
            .RunAsync(
                new ProgramCall("git", arguments)
                {
                    WorkingDirectory = Root,
                    Input = input,
                    Environment = new Dictionary<string, string?>
                    {
                        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                        ["GIT_CONFIG_NOSYSTEM"] = "1",
                        ["GIT_AUTHOR_DATE"] = date,
                        ["GIT_COMMITTER_DATE"] = date,
                        ["LC_ALL"] = "C.UTF-8",
                    },
                }
            )
            .GetAwaiter()
            .GetResult();
        return result.Succeeded
            ? result.Output.TrimEnd('\n')
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {result.Error}");
    }

    public void Dispose() => folder.Dispose();
}
