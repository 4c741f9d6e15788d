namespace ReleaseRecipes.Strategy.Reading;

/// <summary>A position in the strategy file; both numbers begin with 1.</summary>
public sealed record Place(int Line, int Column);

/// <summary>A piece of the file, with where it begins.</summary>
abstract record YamlNode(Place Place)
{
    /// <summary>What a reader would call it.</summary>
    public abstract string Kind { get; }
}

/// <summary>A single value, as its letters stand in the file: what they mean is the key's to say.</summary>
/// <param name="Text">The letters, without quotes and with escapes resolved.</param>
/// <param name="Quoted">Whether it was quoted or a block (<c>|</c>, <c>&gt;</c>), which makes it text in every YAML reader.</param>
/// <param name="Place">Where it begins, quotes included.</param>
/// <param name="Inner">Where its first letter stands, if every letter stands there as it is; null where escapes or blocks moved them.</param>
sealed record YamlScalar(string Text, bool Quoted, Place Place, Place? Inner) : YamlNode(Place)
{
    public override string Kind => Quoted || !PlainScalars.IsNothing(Text) ? "a single value" : "nothing";
}

/// <summary>A list.</summary>
sealed record YamlList(IReadOnlyList<YamlNode> Items, Place Place) : YamlNode(Place)
{
    public override string Kind => "a list";
}

/// <summary>Keys and their values.</summary>
sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, Place Place) : YamlNode(Place)
{
    public override string Kind => "a group of keys";
}

/// <summary>A key and its value.</summary>
sealed record YamlEntry(YamlScalar Key, YamlNode Value);
