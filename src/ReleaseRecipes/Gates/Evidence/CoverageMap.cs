using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>
/// Covered lines and branches by file. Several reports merge line by line: a line is covered when any of them covers it.
/// Totals without lines count only where no report has lines.
/// </summary>
sealed class CoverageMap(string root)
{
    const int HighestLine = 10_000_000;

    readonly Dictionary<string, Dictionary<int, Line>> files = new(StringComparer.Ordinal);
    readonly Dictionary<string, (int Statements, bool Covered)> blocks = new(StringComparer.Ordinal);
    Share lines;
    Share branches;

    /// <summary>A share counted elsewhere.</summary>
    readonly record struct Share(long Covered, long Total)
    {
        public static Share operator +(Share one, Share other) => new(one.Covered + other.Covered, one.Total + other.Total);
    }

    readonly record struct Line(bool Covered, int BranchesCovered, int Branches);

    /// <summary>Adds a line of a file; its branches where it has any.</summary>
    public void Add(string file, int line, bool covered, int branchesCovered = 0, int branchesTotal = 0)
    {
        if (line is < 0 or > HighestLine || branchesCovered < 0 || branchesCovered > branchesTotal)
        {
            throw new FormatException($"line {line} with {branchesCovered} of {branchesTotal} branches cannot be");
        }

        var path = Path.GetFullPath(file, root);
        if (!files.TryGetValue(path, out var known))
        {
            files[path] = known = [];
        }

        var before = known.GetValueOrDefault(line);
        known[line] = new Line(
            before.Covered || covered,
            Math.Max(before.BranchesCovered, branchesCovered),
            Math.Max(before.Branches, branchesTotal)
        );
    }

    /// <summary>Adds a block of statements, for languages that count these.</summary>
    /// <param name="place">The file and the place in it, which makes it this block in every report.</param>
    /// <param name="statements">How many statements it has.</param>
    /// <param name="covered">Whether it ran.</param>
    public void AddBlock(string place, int statements, bool covered) =>
        blocks[place] = (statements, covered || blocks.GetValueOrDefault(place).Covered);

    /// <summary>Adds totals of a report that does not list lines.</summary>
    public void AddTotals(long coveredLines, long totalLines, long coveredBranches = 0, long totalBranches = 0)
    {
        if (coveredLines < 0 || coveredLines > totalLines || coveredBranches < 0 || coveredBranches > totalBranches)
        {
            throw new FormatException($"{coveredLines} of {totalLines} lines and {coveredBranches} of {totalBranches} branches cannot be");
        }

        lines += new Share(coveredLines, totalLines);
        branches += new Share(coveredBranches, totalBranches);
    }

    /// <summary>The metrics. Nothing to cover is no evidence of coverage.</summary>
    public IEnumerable<(string, Quantity)> Metrics()
    {
        var listed = files.Values.SelectMany(file => file.Values).ToList();
        var line = new Share(
            listed.LongCount(one => one.Covered) + blocks.Values.Where(block => block.Covered).Sum(block => (long)block.Statements),
            listed.Count + blocks.Values.Sum(block => (long)block.Statements)
        );
        var branch = new Share(listed.Sum(one => (long)one.BranchesCovered), listed.Sum(one => (long)one.Branches));
        if (line.Total == 0)
        {
            (line, branch) = (lines, branches);
        }

        if (line.Total > 0)
        {
            yield return ("coverage", Quantity.Share((double)line.Covered / line.Total));
        }

        if (branch.Total > 0)
        {
            yield return ("branch_coverage", Quantity.Share((double)branch.Covered / branch.Total));
        }
    }
}
