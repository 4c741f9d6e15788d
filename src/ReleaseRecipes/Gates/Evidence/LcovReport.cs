using System.Globalization;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>lcov tracefiles, written by c8, nyc, node, cargo-llvm-cov, gcov and others.</summary>
sealed class LcovReport : ITextFormat
{
    static readonly HashSet<string> PassedOver = new(StringComparer.Ordinal)
    {
        "TN",
        "VER",
        "FN",
        "FNL",
        "FNA",
        "FNDA",
        "FNF",
        "FNH",
        "BRF",
        "BRH",
        "LH",
        "MCDC",
        "MCF",
        "MCH",
    };

    public string Name => "lcov";

    public bool Fits(string firstLine) =>
        firstLine.StartsWith("TN:", StringComparison.Ordinal) || firstLine.StartsWith("SF:", StringComparison.Ordinal);

    public void Read(TextReader report, GateEvidence evidence)
    {
        FileLines? file = null;
        while (report.ReadLine() is { } line)
        {
            if (line == "end_of_record")
            {
                (file ?? throw new FormatException("a record ends that did not begin")).AddTo(evidence.Coverage);
                file = null;
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                file = Record(line, file);
            }
        }

        if (file is not null)
        {
            throw new FormatException($"it is cut off in the record of {file.Name}");
        }
    }

    static FileLines? Record(string line, FileLines? file)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var (kind, value) = colon < 0 ? (line, "") : (line[..colon], line[(colon + 1)..]);
        if (kind == "SF")
        {
            return file is null ? new FileLines(value) : throw new FormatException($"the record of {file.Name} does not end");
        }

        if (kind is "DA" or "BRDA" or "LF")
        {
            (file ?? throw new FormatException($"{kind} stands outside a record")).Add(kind, value.Split(','));
        }
        else if (!PassedOver.Contains(kind))
        {
            throw new FormatException($"\"{XmlValues.Shortened(line)}\" is no record of lcov");
        }

        return file;
    }

    /// <summary>The record of one file.</summary>
    sealed class FileLines(string name)
    {
        readonly Dictionary<int, bool> lines = [];
        readonly Dictionary<int, (int Covered, int Total)> branches = [];
        int? claimed;
        int listed;

        public string Name => name;

        public void Add(string kind, string[] values)
        {
            if (kind == "LF")
            {
                claimed = Line(values[0]);
            }
            else if (kind == "DA" && values.Length >= 2)
            {
                listed++;
                var line = Line(values[0]);
                lines[line] = lines.GetValueOrDefault(line) || Hits(values[1]) > 0;
            }
            else if (kind == "BRDA" && values.Length >= 4)
            {
                var line = Line(values[0]);
                var known = branches.GetValueOrDefault(line);
                branches[line] = (known.Covered + (values[^1] != "-" && Hits(values[^1]) > 0 ? 1 : 0), known.Total + 1);
            }
            else
            {
                throw new FormatException($"{kind}:{XmlValues.Shortened(string.Join(',', values))} is incomplete");
            }
        }

        public void AddTo(CoverageMap coverage)
        {
            if (claimed > listed)
            {
                throw new FormatException($"it says {claimed} lines of {name}, but lists {listed}");
            }

            foreach (var (line, covered) in lines)
            {
                var (taken, total) = branches.GetValueOrDefault(line);
                coverage.Add(name, line, covered, taken, total);
            }
        }

        static int Line(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

        // Some tools write counts that overflowed as negative or as 1e+10.
        static double Hits(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
