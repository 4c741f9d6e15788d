using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ReleaseRecipes.Strategy.Reading;

/// <summary>
/// Reads YAML into nodes, bounded against hostile files: no aliases, no tags, no depth that could end the stack.
/// Null: it is no YAML that is taken, and the reading has the problem.
/// </summary>
sealed class YamlTree(string text, StrategyReading reading)
{
    const int Deepest = 32;

    readonly Parser parser = new(new Scanner(new StringReader(text)));

    public YamlNode? Read()
    {
        try
        {
            parser.MoveNext();
            parser.MoveNext();
            if (parser.Current is not DocumentStart)
            {
                return Refused(new Place(1, 1), "the file is empty", "Begin it with release_strategy:");
            }

            parser.MoveNext();
            var node = Node(0);
            if (node is not null && parser.MoveNext() && parser.Current is DocumentStart second)
            {
                return Refused(At(second.Start), "a second document begins", "Keep one document in the file: remove '---'.");
            }

            return node;
        }
        catch (YamlException problem)
        {
            return Broken(At(problem.Start), problem.Message);
        }
        // Some broken texts, such as "[a?" and a line end, find faults in the YAML reader itself.
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            return Broken(At(parser.Current?.End ?? Mark.Empty), "a bracket or a quote is not closed");
        }
    }

    /// <summary>Reads the node that begins at the current event, and moves past it.</summary>
    YamlNode? Node(int depth)
    {
        var place = At(parser.Current!.Start);
        switch (parser.Current)
        {
            case AnchorAlias alias:
                return Refused(
                    place,
                    $"'*{alias.Value}' stands for a value elsewhere",
                    "Write the value itself: anchors and aliases are not taken."
                );
            case NodeEvent { Anchor.IsEmpty: false } anchored:
                return Refused(place, $"'&{anchored.Anchor}' names a value", "Remove it: anchors and aliases are not taken.");
            case NodeEvent { Tag.IsEmpty: false } tagged:
                return Refused(place, $"the tag '{tagged.Tag}' is not taken", "Remove it.");
            case var _ when depth > Deepest:
                return Refused(place, $"nested deeper than {Deepest}", "No key goes that deep.");
            case Scalar scalar:
                parser.MoveNext();
                return ScalarOf(scalar);
            case SequenceStart:
                return List(place, depth);
            case MappingStart:
                return Map(place, depth);
            default:
                return Refused(place, "this cannot be read", "Write keys and values.");
        }
    }

    YamlList? List(Place place, int depth)
    {
        var items = new List<YamlNode>();
        parser.MoveNext();
        while (parser.Current is not SequenceEnd)
        {
            if (Node(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        parser.MoveNext();
        return new YamlList(items, place);
    }

    YamlMap? Map(Place place, int depth)
    {
        var entries = new List<(YamlScalar, YamlNode)>();
        parser.MoveNext();
        while (parser.Current is not MappingEnd)
        {
            var key = Node(depth + 1);
            if (key is not (null or YamlScalar))
            {
                return Refused(key.Place, $"{key.Kind} stands where a key is called for", "Write a name followed by ':'.") as YamlMap;
            }

            if (key is null || Node(depth + 1) is not { } value)
            {
                return null;
            }

            entries.Add(((YamlScalar)key, value));
        }

        parser.MoveNext();
        return new YamlMap(entries, place);
    }

    static YamlScalar ScalarOf(Scalar scalar)
    {
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
        // The reader of YAML notices a tab only where the block that it breaks began.
        var line = Array.FindIndex(text.Split('\n'), line => line.AsSpan(0, line.Length - line.AsSpan().TrimStart().Length).Contains('\t'));
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
