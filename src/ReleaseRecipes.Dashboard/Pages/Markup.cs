using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Dashboard.Pages;

/// <summary>
/// HTML that is safe by construction: made only from literal text of this program and of values, and every value is encoded, unless
/// it is markup itself.
/// </summary>
readonly struct Markup
{
    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    readonly string? html;

    Markup(string html) => this.html = html;

    public static Markup Empty { get; } = new("");

    public static Markup Of(ref Handler html) => new(html.Finish());

    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts));

    public override string ToString() => html ?? "";

    [InterpolatedStringHandler]
    public readonly ref struct Handler(int literalLength, int formattedCount)
    {
        readonly StringBuilder text = new(literalLength + (formattedCount * 16));

        public void AppendLiteral(string literal) => text.Append(literal);

        public void AppendFormatted(Markup markup) => text.Append(markup.ToString());

        public void AppendFormatted(string? value) => text.Append(Encoder.Encode(PlainText.Line(value ?? "")));

        public void AppendFormatted(int value) => text.Append(value);

        public string Finish() => text.ToString();
    }
}
