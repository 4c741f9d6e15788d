using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseRecipes.Deployment.Local;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Flow;

/// <summary>Shows the processes of an environment on this machine, each with where it is reached and where it writes.</summary>
sealed class LocalInstances(Terminal terminal, string root)
{
    /// <summary>Prints them, and returns them as JSON.</summary>
    public JsonArray Show(LocalEnvironment environment)
    {
        foreach (var instance in environment.Instances)
        {
            terminal.Line($"  {"", -14} {Line(instance)}", instance.Problem is null && instance.Crashes == 0 ? Tone.Quiet : Tone.Warning);
            terminal.Line($"  {"", -14}     log {Path.GetRelativePath(root, instance.Log)}", Tone.Quiet);
        }

        if (environment.Url is null)
        {
            terminal.Line($"  {"", -14} the gateway does not answer; it wrote {Path.GetRelativePath(root, environment.Log)}", Tone.Warning);
        }

        return new JsonArray([.. environment.Instances.Select(Json)]);
    }

    static string Line(LocalInstance instance)
    {
        var crashes =
            instance.Crashes > 0 ? string.Create(CultureInfo.InvariantCulture, $", ended {instance.Crashes} times by itself") : "";
        var problem = instance.Problem is null ? "" : $": {instance.Problem}";
        return $"{instance.Version} #{instance.Ordinal} {instance.State} {instance.Url}{crashes}{problem}";
    }

    static JsonNode Json(LocalInstance instance) =>
        new JsonObject
        {
            ["version"] = instance.Version,
            ["ordinal"] = instance.Ordinal,
            ["state"] = instance.State,
            ["url"] = instance.Url.ToString(),
            ["process"] = instance.Process,
            ["crashes"] = instance.Crashes,
            ["requests"] = instance.Requests,
            ["problem"] = instance.Problem,
            ["log"] = instance.Log,
        };
}
