using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>Why pods do not start, in the API's own words.</summary>
static class PodReasons
{
    static readonly string[] Hopeless =
    [
        "ImagePullBackOff",
        "ErrImagePull",
        "InvalidImageName",
        "CrashLoopBackOff",
        "CreateContainerConfigError",
        "FailedCreate",
        "Paused",
    ];

    /// <summary>The reasons of pods that are not ready and of a Deployment that cannot make any, each once, those first that nothing will mend.</summary>
    public static IReadOnlyList<string> Of(JsonObject deployment, IEnumerable<JsonObject> pods) =>
        [
            .. pods.Where(pod => pod.At("metadata", "deletionTimestamp") is null)
                .SelectMany(OfPod)
                .Concat(OfDeployment(deployment))
                .Distinct()
                .OrderByDescending(IsHopeless),
        ];

    /// <summary>Whether waiting longer is of no use.</summary>
    public static bool IsHopeless(string reason) => Hopeless.Any(word => reason.StartsWith(word, StringComparison.Ordinal));

    static IEnumerable<string> OfPod(JsonObject pod)
    {
        foreach (var status in pod.Items("status", "initContainerStatuses").Concat(pod.Items("status", "containerStatuses")))
        {
            if (status.Text("state", "waiting", "reason") is { } waiting and not "ContainerCreating" and not "PodInitializing")
            {
                yield return $"{waiting}: container {status.Text("name")}: {Last(status) ?? status.Text("state", "waiting", "message")}";
            }
            else if (status.At("state", "running") is not null && status.Text("ready") == "false")
            {
                yield return $"container {status.Text("name")} is running and not ready";
            }
        }

        foreach (var condition in pod.Items("status", "conditions").Where(condition => condition.Text("reason") == "Unschedulable"))
        {
            yield return $"Unschedulable: {condition.Text("message")}";
        }
    }

    /// <summary>How a container that crashes ended last.</summary>
    static string? Last(JsonObject status) =>
        status.At("lastState", "terminated") is { } ended
            ? $"exit code {ended.Text("exitCode")}, {ended.Text("reason")}{(ended.Text("message") is { } words ? $": {words.Trim()}" : "")}"
            : null;

    static IEnumerable<string> OfDeployment(JsonObject deployment)
    {
        if (deployment.Text("spec", "paused") == "true")
        {
            yield return $"Paused: the Deployment is paused: kubectl rollout resume deployment/{deployment.Name()}";
        }

        foreach (var condition in deployment.Items("status", "conditions"))
        {
            if (condition.Text("type") == "ReplicaFailure" && condition.Text("status") == "True")
            {
                yield return $"{condition.Text("reason")}: {condition.Text("message")}";
            }
        }
    }
}
