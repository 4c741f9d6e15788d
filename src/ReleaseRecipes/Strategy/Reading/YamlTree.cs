using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace ReleaseRecipes.Strategy.Reading;

/// <summary>
/// Reads YAML into nodes, bounded against hostile files: no aliases, no tags, no depth that could end the stack.
/// It stands on YamlDotNet's scanner and not on its parser, whose first use compiles a regular expression: that alone would cost
/// every command more than all the rest of reading the file.
/// </summary>
sealed class YamlTree(string text, StrategyReading reading)
{
    const int Deepest = 32;

    readonly Scanner scanner = new(new StringReader(text));
    int depth;

    Token? Current => scanner.Current;

    Place Here => Current is { } token ? At(token.Start) : At(scanner.CurrentPosition);

    /// <summary>The one document of the file. Null: it is no YAML that is taken, and the reading has the problem.</summary>
    public YamlNode? Read()
    {
        try
        {
            return Document();
        }
        catch (YamlException problem)
        {
            return Broken(At(problem.Start), problem.Message);
        }
        // Some broken texts, such as "[a?" and a line end, find faults in the scanner itself.
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            return Broken(Here, "a bracket or a quote is not closed");
        }
    }

    YamlNode? Document()
    {
        scanner.MoveNext();
        scanner.MoveNext();
        if (Current is DocumentStart)
        {
            scanner.MoveNext();
        }

        if (Current is StreamEnd or DocumentEnd or null)
        {
            return Refused(new Place(1, 1), "the file is empty", "Begin it with release_strategy:");
        }

        var node = Node();
        while (node is not null && Current is DocumentEnd)
        {
            scanner.MoveNext();
        }

        return node is null || Current is StreamEnd or null ? node
            : Current is DocumentStart ? Refused(Here, "a second document begins", "Keep one document in the file: remove '---'.")
            : Broken(Here, "something stands after the end");
    }

    /// <summary>Reads the node that begins at the current token, and moves past it.</summary>
    YamlNode? Node()
    {
        if (depth == Deepest)
        {
            return Refused(Here, $"nested deeper than {Deepest}", "No key goes that deep.");
        }

        depth++;
        var node = Current switch
        {
            Scalar scalar => ScalarOf(scalar),
            FlowSequenceStart => FlowList(),
            FlowMappingStart => FlowMap(),
            BlockSequenceStart => BlockList(),
            BlockMappingStart => BlockMap(),
            AnchorAlias alias => Refused(
                Here,
                $"'*{alias.Value}' stands for a value elsewhere",
                "Write the value itself: anchors and aliases are not taken."
            ),
            Anchor anchor => Refused(Here, $"'&{anchor.Value}' names a value", "Remove it: anchors and aliases are not taken."),
            Tag tag => Refused(Here, $"the tag '{tag.Handle}{tag.Suffix}' is not taken", "Remove it."),
            Error error => Broken(Here, error.Value),
            _ => Broken(Here, "a value is missing"),
        };
        depth--;
        return node;
    }

    YamlList? BlockList()
    {
        var place = Here;
        scanner.MoveNext();
        return Items(place) is { } list && Ended<BlockEnd>() ? list : null;
    }

    /// <summary>The items of a block list, which under a key need no indentation.</summary>
    YamlList? Items(Place place)
    {
        var items = new List<YamlNode>();
        while (Current is BlockEntry)
        {
            scanner.MoveNext();
            if ((Current is BlockEntry or Key or Value or BlockEnd ? Nothing() : Node()) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new YamlList(items, place);
    }

    YamlMap? BlockMap()
    {
        var place = Here;
        var entries = new List<YamlEntry>();
        scanner.MoveNext();
        while (Current is Key or Value)
        {
            if (Entry<BlockEnd>() is not { } entry)
            {
                return null;
            }

            entries.Add(entry);
        }

        return Ended<BlockEnd>() ? new YamlMap(entries, place) : null;
    }

    YamlList? FlowList()
    {
        var place = Here;
        var items = new List<YamlNode>();
        scanner.MoveNext();
        while (Current is not FlowSequenceEnd)
        {
            if (Node() is not { } item || !Separated<FlowSequenceEnd>())
            {
                return null;
            }

            items.Add(item);
        }

        scanner.MoveNext();
        return new YamlList(items, place);
    }

    YamlMap? FlowMap()
    {
        var place = Here;
        var entries = new List<YamlEntry>();
        scanner.MoveNext();
        while (Current is not FlowMappingEnd)
        {
            if (Entry<FlowMappingEnd>() is not { } entry || !Separated<FlowMappingEnd>())
            {
                return null;
            }

            entries.Add(entry);
        }

        scanner.MoveNext();
        return new YamlMap(entries, place);
    }

    YamlEntry? Entry<TEnd>()
        where TEnd : Token
    {
        if (Current is Key)
        {
            scanner.MoveNext();
        }

        var key = Current is Key or Value or TEnd ? Refused(Here, "a key is missing", "Write a name before ':'.") : Node();
        if (key is not (null or YamlScalar))
        {
            Refused(key.Place, $"{key.Kind} stands where a key is called for", "Write a name followed by ':'.");
        }

        if (key is not YamlScalar name)
        {
            return null;
        }

        return (Current is Value ? ValueOf<TEnd>() : Nothing()) is { } value ? new YamlEntry(name, value) : null;
    }

    YamlNode? ValueOf<TEnd>()
        where TEnd : Token
    {
        scanner.MoveNext();
        return Current switch
        {
            Key or Value or FlowEntry or TEnd => Nothing(),
            BlockEntry => Items(Here),
            _ => Node(),
        };
    }

    bool Separated<TEnd>()
        where TEnd : Token
    {
        if (Current is TEnd)
        {
            return true;
        }

        if (Current is not FlowEntry)
        {
            Broken(Here, "',' or a closing bracket is missing");
            return false;
        }

        scanner.MoveNext();
        return true;
    }

    bool Ended<TEnd>()
        where TEnd : Token
    {
        if (Current is not TEnd)
        {
            Broken(Here, "this is not indented as what stands before it");
            return false;
        }

        scanner.MoveNext();
        return true;
    }

    /// <summary>Where a value would stand and none does.</summary>
    YamlScalar Nothing() => new("", false, Here, null);

    YamlScalar ScalarOf(Scalar scalar)
    {
        scanner.MoveNext();
        var place = At(scalar.Start);
        var quotes = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? 1 : 0;
        var isVerbatim =
            scalar.Style is not (ScalarStyle.Literal or ScalarStyle.Folded)
            && scalar.End.Index - scalar.Start.Index == scalar.Value.Length + (2 * quotes);
        return new YamlScalar(
            scalar.Value,
            scalar.Style != ScalarStyle.Plain,
            place,
            isVerbatim ? place with { Column = place.Column + quotes } : null
        );
    }

    YamlNode? Broken(Place place, string message)
    {
        // The scanner notices a tab only where the block that it breaks began.
        var line = Array.FindIndex(text.Split('\n'), line => line[..^line.TrimStart().Length].Contains('\t', StringComparison.Ordinal));
        return line >= place.Line - 1
            ? Refused(new Place(line + 1, 1), "a tab stands where YAML wants spaces", "Indent with spaces.")
            : Refused(place, $"this is no YAML: {message.TrimEnd('.')}", "Look at the indentation, the quotes and the brackets here.");
    }

    YamlNode? Refused(Place place, string what, string todo)
    {
        reading.Report("", place, what, todo);
        return null;
    }

    static Place At(Mark mark) => new((int)mark.Line, (int)mark.Column);
}
