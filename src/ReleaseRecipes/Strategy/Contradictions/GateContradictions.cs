namespace ReleaseRecipes.Strategy.Contradictions;

static class GateContradictions
{
    public static IEnumerable<Contradiction> Of(IReadOnlyList<GateSettings> gates, IReadOnlyList<string> known, string path)
    {
        for (var i = 0; i < gates.Count; i++)
        {
            var gate = gates[i];
            if (gates.Take(i).Any(before => before.Name.Equals(gate.Name, StringComparison.OrdinalIgnoreCase)))
            {
                yield return new Contradiction(
                    $"{path}[{i}].name",
                    $"the gate {gate.Name} is there twice",
                    "Give each gate a name of its own."
                );
            }

            if (gate.Name.Length > 0 && gate.Command is null && !known.Contains(gate.Name))
            {
                var meant = Suggestion.Nearest(gate.Name, known);
                yield return new Contradiction(
                    $"{path}[{i}].name",
                    $"the gate {gate.Name} has no command, and none is known for it",
                    meant is null
                        ? $"Write command: …, or one of {string.Join(", ", known)}."
                        : $"Did you mean {meant}? A gate of your own needs command: …."
                );
            }
        }
    }
}
