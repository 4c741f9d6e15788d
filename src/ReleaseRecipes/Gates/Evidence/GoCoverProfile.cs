using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>Cover profiles of Go, written by <c>go test -coverprofile</c>; statements are counted as Go counts them.</summary>
sealed partial class GoCoverProfile : ITextFormat
{
    public string Name => "Go cover profile";

    public bool Fits(string firstLine) => firstLine.StartsWith("mode: ", StringComparison.Ordinal);

    public void Read(TextReader report, GateEvidence evidence)
    {
        while (report.ReadLine() is { } line)
        {
            if (Mode().IsMatch(line) || line.Length == 0)
            {
                continue;
            }

            if (Block().Match(line) is not { Success: true } block)
            {
                throw new FormatException($"\"{XmlValues.Shortened(line)}\" is no block of a cover profile");
            }

            evidence.Coverage.AddBlock(
                block.Groups[1].Value,
                int.Parse(block.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
                covered: block.Groups[3].Value.Any(digit => digit != '0')
            );
        }
    }

    [GeneratedRegex(@"\Amode: (set|count|atomic)\z")]
    private static partial Regex Mode();

    [GeneratedRegex(@"\A(.+:\d+\.\d+,\d+\.\d+) (\d{1,7}) (\d{1,20})\z")]
    private static partial Regex Block();
}
