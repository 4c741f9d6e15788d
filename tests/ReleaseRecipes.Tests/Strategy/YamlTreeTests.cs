using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Strategy.Reading;
using YamlDotNet.Core;

namespace ReleaseRecipes.Tests.Strategy;

/// <summary>Our own reading of tokens, held to YamlDotNet's parser.</summary>
public sealed class YamlTreeTests
{
    [TestCase("a: b")]
    [TestCase("a:\n- 1\n- 2\nb:\n  - c: d\n    e:\n  -\n  - - f\n    - g\n")]
    [TestCase("{a: [b, {c: 'd'}, \"e\\tf\"], g, h: , 'i':j}")]
    [TestCase("[]")]
    [TestCase("a: |\n  b\n   c\n\nd: >-\n  e\n  f\n")]
    [TestCase("? a\n: b\n? c\n")]
    [TestCase("--- # comment\na: b # more\n...\n")]
    [TestCase("a:\n  b:\n\n  c: d\n")]
    [TestCase(Samples.Seed)]
    [TestCase(Samples.Everything)]
    public void A_document_is_read_as_the_parser_reads_it(string yaml)
    {
        Assert.That(Ours(yaml), Is.Not.Null.And.EqualTo(Theirs(yaml)));
    }

    [Test]
    public void Whatever_is_taken_is_what_the_parser_reads()
    {
        string[] scraps =
        [
            "a",
            "b c",
            ": ",
            ":",
            "\n",
            "\n  ",
            "\n    ",
            "- ",
            "? ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "'q'",
            "\"r\"",
            "|\n  x",
            "#c",
            "~",
            "...",
            "\n---\n",
        ];
        var texts = Gen.Elements(scraps).ArrayOf().Select(string.Concat).ToArbitrary();

        Prop.ForAll(texts, text => Ours(text) is not { } ours || Theirs(text) is not { } theirs || ours == theirs)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    static string? Ours(string yaml)
    {
        return new YamlTree(yaml, new StrategyReading("x", KnownNames.BuiltIn)).Read() is { } node ? Text(node) : null;

        static string Text(YamlNode node) =>
            node switch
            {
                YamlMap map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{Text(entry.Key)}: {Text(entry.Value)}"))}}}",
                YamlList list => $"[{string.Join(", ", list.Items.Select(Text))}]",
                YamlScalar scalar => $"<{scalar.Text}>",
                _ => "",
            };
    }

    static string? Theirs(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        try
        {
            parser.MoveNext();
            parser.MoveNext();
            parser.MoveNext();
            return Text(parser);
        }
        // The parser ends what it did not begin in some texts.
        catch (Exception problem) when (problem is YamlException or InvalidOperationException)
        {
            return null;
        }
    }

    static string Text(Parser parser)
    {
        var parts = new List<string>();
        switch (parser.Current)
        {
            case YamlDotNet.Core.Events.Scalar scalar:
                parser.MoveNext();
                return $"<{scalar.Value}>";
            case YamlDotNet.Core.Events.SequenceStart:
                for (parser.MoveNext(); parser.Current is not YamlDotNet.Core.Events.SequenceEnd; )
                {
                    parts.Add(Text(parser));
                }

                parser.MoveNext();
                return $"[{string.Join(", ", parts)}]";
            case YamlDotNet.Core.Events.MappingStart:
                for (parser.MoveNext(); parser.Current is not YamlDotNet.Core.Events.MappingEnd; )
                {
                    parts.Add($"{Text(parser)}: {Text(parser)}");
                }

                parser.MoveNext();
                return $"{{{string.Join(", ", parts)}}}";
            default:
                throw new InvalidOperationException($"{parser.Current} is not expected.");
        }
    }
}
