namespace ReleaseRecipes.Thresholds;

/// <summary>What a piece of a threshold's text is.</summary>
enum TokenKind
{
    Word,
    Number,
    Symbol,
    End,
}

/// <summary>One piece of a threshold's text.</summary>
sealed record Token(TokenKind Kind, string Text, int Column)
{
    public bool Is(string text) => Kind is TokenKind.Word or TokenKind.Symbol && Text.Equals(text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts a threshold's text into pieces. Never fails: what it does not know becomes a symbol that the reader refuses.</summary>
static class ThresholdTokens
{
    static readonly string[] LongSymbols = [">=", "<=", "!=", "==", "<>", "&&", "||", "=>", "=<"];

    public static List<Token> Of(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var token = Next(text, at);
            tokens.Add(token);
            at += token.Text.Length;
        }

        tokens.Add(new Token(TokenKind.End, "", text.Length + 1));
        return tokens;
    }

    static Token Next(string text, int at)
    {
        var kind =
            char.IsAsciiDigit(text[at]) ? TokenKind.Number
            : char.IsAsciiLetter(text[at]) || text[at] == '_' ? TokenKind.Word
            : TokenKind.Symbol;
        var end = at + 1;
        if (kind == TokenKind.Symbol)
        {
            var symbol = LongSymbols.FirstOrDefault(known => string.CompareOrdinal(text, at, known, 0, known.Length) == 0);
            end = at + (symbol?.Length ?? (char.IsSurrogatePair(text, at) ? 2 : 1));
        }
        else
        {
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '.' or '%'))
            {
                end++;
            }
        }

        return new Token(kind, text[at..end], at + 1);
    }
}
