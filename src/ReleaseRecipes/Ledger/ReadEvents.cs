namespace ReleaseRecipes.Ledger;

/// <summary>The events that were read last, and the text that they were read from.</summary>
/// <param name="Folder">Where in the ledger's tree.</param>
/// <param name="Text">The text.</param>
/// <param name="Events">What it says.</param>
sealed record ReadEvents(string Folder, string Text, IReadOnlyList<LedgerEvent> Events)
{
    public static ReadEvents None { get; } = new("", "", []);

    /// <summary>The events of a text; where it goes on from the last one, only what is new is read.</summary>
    /// <exception cref="ReleaseException">There is a line that is no event.</exception>
    public ReadEvents With(string folder, string text) =>
        folder == Folder && ReferenceEquals(text, Text) ? this
        : folder != Folder || !text.StartsWith(Text, StringComparison.Ordinal) ? new(folder, text, LedgerLines.Parse(text, folder))
        : text.Length == Text.Length ? this
        : new(folder, text, [.. Events, .. LedgerLines.Parse(text[Text.Length..], folder)]);
}
