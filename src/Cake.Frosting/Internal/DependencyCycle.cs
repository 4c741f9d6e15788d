namespace Cake.Frosting.Internal;

static class DependencyCycle
{
    /// <summary>The first cycle, from a task back to itself; null where there is none.</summary>
    public static IReadOnlyList<string>? Find(Dictionary<string, List<string>> before)
    {
        var done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var path = new List<string>();
        return before.Keys.Select(Visit).FirstOrDefault(cycle => cycle is not null);

        IReadOnlyList<string>? Visit(string name)
        {
            var start = path.FindIndex(earlier => earlier.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (start >= 0)
            {
                return [.. path[start..], name];
            }

            if (!done.Add(name))
            {
                return null;
            }

            path.Add(name);
            var cycle = before[name].Select(Visit).FirstOrDefault(found => found is not null);
            path.RemoveAt(path.Count - 1);
            return cycle;
        }
    }
}
