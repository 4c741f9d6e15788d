namespace ReleaseRecipes.Ledger;

/// <summary>What the files of a ledger's tree add up to. Pure.</summary>
/// <param name="Events">The events that could be read, in the order of their numbers.</param>
/// <param name="Problems">What is wrong with them, each a sentence.</param>
sealed record LedgerChain(IReadOnlyList<LedgerEvent> Events, IReadOnlyList<string> Problems)
{
    // Handing less than this to other threads takes longer than reading it.
    const int WorthSharing = 32;

    /// <summary>Checks every line, every hash and every link, and the head against all of them.</summary>
    public static LedgerChain Of(IReadOnlyList<(string Path, string Text)> files, string? head)
    {
        var read = (
            files.Count < WorthSharing
                ? files.Select(file => Read(file.Path, file.Text))
                : files.AsParallel().AsOrdered().Select(file => Read(file.Path, file.Text))
        ).ToList();
        var problems = read.SelectMany(part => part.Problems).ToList();
        var events = read.SelectMany(part => part.Events).OrderBy(fact => fact.Sequence).ToList();
        problems.AddRange(Links(events));
        problems.AddRange(Head(events, head));
        return new LedgerChain(events, problems);
    }

    static LedgerChain Read(string path, string text)
    {
        var events = new List<LedgerEvent>();
        var problems = new List<string>();
        var lines = text.Split('\n');
        for (var number = 1; number < lines.Length; number++)
        {
            Check(lines[number - 1], $"{path}, line {number}", path, events, problems);
        }

        if (lines[^1].Length > 0)
        {
            problems.Add($"{path}: the last line is cut off.");
        }

        return new LedgerChain(events, problems);
    }

    static void Check(string line, string where, string path, List<LedgerEvent> events, List<string> problems)
    {
        try
        {
            var fact = EventHash.FromLine(line);
            if (EventHash.OfLine(line) != fact.Hash)
            {
                problems.Add($"{where}: event {fact.Sequence} ({fact.Release} {fact.Kind}) was changed after it was recorded.");
            }

            var before = events is [.., var last] ? last : null;
            if (before?.Release != fact.Release && !IsPlaceOf(fact.Release, path))
            {
                problems.Add($"{where}: event {fact.Sequence} belongs to release {fact.Release}, not here.");
            }

            if (before?.Sequence >= fact.Sequence)
            {
                problems.Add($"{where}: event {fact.Sequence} stands after event {before.Sequence}: the lines were reordered.");
            }

            events.Add(fact);
        }
        catch (FormatException)
        {
            problems.Add($"{where}: this is no event of a ledger.");
        }
    }

    static bool IsPlaceOf(string release, string path) =>
        path == LedgerTree.Events(LedgerTree.Recent(release)) || path == LedgerTree.Events(LedgerTree.Archived(release));

    static IEnumerable<string> Links(List<LedgerEvent> events)
    {
        var (count, hash) = (0L, LedgerHead.NoHash);
        foreach (var fact in events)
        {
            if (fact.Sequence <= count)
            {
                yield return $"Event {fact.Sequence} is there more than once: one was inserted.";
            }
            else if (fact.Sequence > count + 1)
            {
                yield return fact.Sequence == count + 2
                    ? $"Event {count + 1} is missing."
                    : $"Events {count + 1} to {fact.Sequence - 1} are missing.";
            }
            else if (fact.Previous != hash)
            {
                yield return $"Event {fact.Sequence} ({fact.Release} {fact.Kind}) does not follow the event before it.";
            }

            (count, hash) = (fact.Sequence, fact.Hash);
        }
    }

    static IEnumerable<string> Head(List<LedgerEvent> events, string? json)
    {
        StoredHead? head = null;
        try
        {
            head = json is null ? null : StoredHead.Parse("", json);
        }
        catch (FormatException)
        {
            // The same as none.
        }

        if (head is null)
        {
            yield return "head.json cannot be read.";
            yield break;
        }

        var (count, hash) = events is [.., var last] ? (last.Sequence, last.Hash) : (0L, LedgerHead.NoHash);
        if (head.Head.Count != count || head.Head.Hash != hash)
        {
            yield return $"head.json says that there are {head.Head.Count} events, but there are {count}, or the last one is another.";
        }
        else if (CanonicalJson.Of(StateJson.Write(head.Head.State)) != CanonicalJson.Of(StateJson.Write(LedgerFold.Of(events))))
        {
            yield return "head.json says another state than the events add up to.";
        }
    }
}
