using ReleaseRecipes.Output;

namespace ReleaseRecipes.Strategy.Reading;

/// <summary>One reading of a strategy file: where each key stands, and everything that is wrong, so that all of it is told at once.</summary>
sealed class StrategyReading(string fileName, KnownNames names)
{
    /// <summary>Past this many problems nobody reads on.</summary>
    const int Most = 100;

    readonly List<StrategyProblem> problems = [];
    readonly Dictionary<string, Place> places = [];

    public KnownNames Names => names;

    public IReadOnlyList<StrategyProblem> Problems => problems;

    /// <summary>The keys that the file has, each with where it stands.</summary>
    public IReadOnlyDictionary<string, Place> Places => places;

    /// <summary>Whether there are enough problems to stop looking for more.</summary>
    public bool Full => problems.Count >= Most;

    public void Found(string path, Place place) => places[path] = place;

    public void Report(string path, Place place, string what, string todo)
    {
        if (!Full)
        {
            problems.Add(
                new StrategyProblem(
                    PlainText.Line(path.Length > 200 ? path[..200] + "…" : path),
                    place,
                    PlainText.Line(what),
                    PlainText.Line(todo)
                )
            );
        }
    }

    /// <summary>Reports a problem with a key, at the key or at the nearest group around it that the file has.</summary>
    public void Report(string path, string what, string todo)
    {
        var nearest = path;
        while (nearest.Length > 0 && !places.ContainsKey(nearest))
        {
            nearest = nearest[..Math.Max(0, nearest.LastIndexOfAny(['.', '[']))];
        }

        Report(path, places.GetValueOrDefault(nearest, new Place(1, 1)), what, todo);
    }

    /// <summary>Fails with every problem at once, in the order of the file.</summary>
    /// <exception cref="ReleaseException">There are problems.</exception>
    public void Check()
    {
        if (problems.Count == 0)
        {
            return;
        }

        var lines = problems
            .OrderBy(problem => problem.Place.Line)
            .ThenBy(problem => problem.Place.Column)
            .Select(problem =>
                $"{fileName}:{problem.Place.Line}:{problem.Place.Column}: {(problem.Path.Length > 0 ? problem.Path + ": " : "")}{problem.What}{(problem.What.EndsWith('?') ? "" : ".")} {problem.Todo}"
            );
        var count = problems.Count == 1 ? "a problem" : $"{(Full ? "at least " : "")}{problems.Count} problems";
        throw new ReleaseException(
            $"The strategy file has {count}.",
            string.Join(Environment.NewLine, lines),
            exitCode: ExitCodes.WrongInput
        );
    }

    /// <summary>A value as a message may show it: short.</summary>
    public static string Show(string value) => $"'{(value.Length > 60 ? value[..57] + "…" : value)}'";
}
