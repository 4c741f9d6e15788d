using System.Text;
using System.Text.RegularExpressions;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Stories;

/// <summary>
/// A repository whose history is a text file, and what the recipe says of it. Each line of <c>story.txt</c> is one thing that happens:
/// <c>commit MESSAGE</c>, <c>tag NAME</c>, <c>branch NAME</c>, <c>write PATH TEXT</c>, <c>git ARGUMENTS</c>, <c>run ARGUMENTS</c>.
/// A file <c>release-strategy.yml</c> beside it is committed first.
/// </summary>
public sealed partial class Story(string folder) : IDisposable
{
    readonly TemporaryRepository repository = new();
    readonly StringBuilder transcript = new();

    /// <summary>Plays the story and returns everything that was typed and printed, without what differs from run to run.</summary>
    public async Task<string> PlayAsync()
    {
        var strategy = Path.Combine(folder, "release-strategy.yml");
        if (File.Exists(strategy))
        {
            repository.Files.Write("release-strategy.yml", File.ReadAllText(strategy));
        }

        foreach (
            var line in File.ReadLines(Path.Combine(folder, "story.txt")).Where(line => line.Trim().Length > 0 && !line.StartsWith('#'))
        )
        {
            await TellAsync(line);
        }

        return Steady(transcript.ToString());
    }

    async Task TellAsync(string line)
    {
        var (verb, rest) = Split(line);
        switch (verb)
        {
            case "commit":
                repository.Commit(rest.Replace("\\n", "\n", StringComparison.Ordinal));
                break;
            case "tag":
                repository.Tag(rest);
                break;
            case "branch":
                repository.Git("checkout", "-q", "-b", rest);
                break;
            case "write":
                var (path, text) = Split(rest);
                repository.Files.Write(path, text.Replace("\\n", "\n", StringComparison.Ordinal));
                break;
            case "git":
                repository.Git(rest.Split(' '));
                break;
            case "run":
                await RunAsync(rest);
                break;
            default:
                throw new InvalidOperationException($"{folder}: '{verb}' is no verb of a story.");
        }
    }

    async Task RunAsync(string arguments)
    {
        var result = await Recipe.RunAsync(repository.Root, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        transcript.Append("$ ./build.sh ").Append(arguments).Append('\n').Append(result.Output).Append(result.Error);
        transcript.Append("[exit code ").Append(result.ExitCode).Append("]\n\n");
    }

    string Steady(string text)
    {
        text = text.Replace(repository.Root, "<repository>", StringComparison.Ordinal);
        text = Hash().Replace(text, "<hash>");
        text = Date().Replace(text, "<date>");
        text = Elapsed().Replace(text, "<time>");
        return string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()));
    }

    static (string Verb, string Tail) Split(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (line, "") : (line[..space], line[(space + 1)..]);
    }

    public void Dispose() => repository.Dispose();

    [GeneratedRegex(@"\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b|\b[0-9a-f]{40}\b|\b[0-9a-f]{64}\b")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?Z?)?")]
    private static partial Regex Date();

    [GeneratedRegex(@"\b\d+(\.\d+)? ?(ms|s)\b")]
    private static partial Regex Elapsed();
}
