using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>What one input of <c>git fast-import</c> asks for: a commit on a ref.</summary>
public sealed class FastImport
{
    readonly byte[] input;
    int at;

    FastImport(string text) => input = Encoding.UTF8.GetBytes(text);

    public string Ref { get; private set; } = "";

    public string Message { get; private set; } = "";

    public string? From { get; private set; }

    /// <summary>What happens to the files of the parent, in order.</summary>
    List<(string From, string? To, byte[]? Content)> Changes { get; } = [];

    public static FastImport Parse(string text)
    {
        var import = new FastImport(text);
        while (import.Line() is var line && line != "done")
        {
            import.Take(line);
        }

        return import;
    }

    public ImmutableSortedDictionary<string, byte[]> Apply(ImmutableSortedDictionary<string, byte[]> files)
    {
        var built = files.ToBuilder();
        foreach (var (from, to, content) in Changes)
        {
            if (content is not null)
            {
                built[from] = content;
                continue;
            }

            foreach (var (path, moved) in files.Where(file => file.Key.StartsWith(from + "/", StringComparison.Ordinal)))
            {
                built.Remove(path);
                built[to + path[from.Length..]] = moved;
            }
        }

        return built.ToImmutable();
    }

    void Take(string line)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case "commit":
                Ref = words[1];
                break;
            case "committer" or "":
                break;
            case "data":
                Message = Encoding.UTF8.GetString(Data(words[1]));
                break;
            case "from":
                From = words[1];
                break;
            case "R":
                Changes.Add((words[1], words[2], null));
                break;
            case "M":
                Changes.Add((words[3], null, Data(Line().Split(' ')[1])));
                break;
            default:
                throw new NotSupportedException($"fast-import: {line}");
        }
    }

    string Line()
    {
        var end = Array.IndexOf(input, (byte)'\n', at);
        var line = Encoding.UTF8.GetString(input, at, end - at);
        at = end + 1;
        return line;
    }

    byte[] Data(string size)
    {
        var length = int.Parse(size, CultureInfo.InvariantCulture);
        var data = input[at..(at + length)];
        at += length;
        return data;
    }
}
