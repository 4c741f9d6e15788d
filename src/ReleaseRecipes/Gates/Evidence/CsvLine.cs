using System.Text;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>One record of a CSV file, which may go over several lines inside quotes.</summary>
static class CsvLine
{
    /// <summary>The values of the next record; null at the end.</summary>
    public static List<string>? Read(TextReader text, char separator = ',')
    {
        while (text.Peek() is '\r' or '\n')
        {
            text.Read();
        }

        if (text.Peek() < 0)
        {
            return null;
        }

        var (values, value, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var next = text.Read(); next >= 0 && (quoted || next is not '\n'); next = text.Read())
        {
            if (next == '"' && quoted && text.Peek() == '"')
            {
                value.Append((char)text.Read());
            }
            else if (next == '"')
            {
                quoted = !quoted;
            }
            else if (next == separator && !quoted)
            {
                values.Add(value.ToString());
                value.Clear();
            }
            else if (next != '\r' || quoted)
            {
                value.Append((char)next);
            }
        }

        values.Add(value.ToString());
        return quoted ? throw new FormatException("a quoted value does not end") : values;
    }
}
