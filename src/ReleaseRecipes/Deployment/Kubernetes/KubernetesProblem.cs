namespace ReleaseRecipes.Deployment;

/// <summary>What failures of a cluster mean, and what to do about each.</summary>
static class KubernetesProblem
{
    /// <summary>A request that failed.</summary>
    /// <param name="answer">What was said to it.</param>
    /// <param name="what">What was asked for: "get deployment/app".</param>
    /// <param name="context">The kubeconfig's context; null: the current one.</param>
    /// <param name="namespaceName">The namespace.</param>
    public static ReleaseException Of(KubernetesAnswer answer, string what, string? context, string namespaceName)
    {
        bool Says(string words) => answer.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
        var (problem, todo) = answer.Code switch
        {
            401 => ("The cluster does not accept the credentials; they may have expired.", LogIn(context)),
            403 when Says("exceeded quota") => ("The namespace's quota does not allow it.", "Raise the quota, or ask for less."),
            403 when Says("admission webhook") => ("A rule of the cluster refuses it.", "Do as the rule says, or ask whoever made it."),
            403 => ("The cluster does not let this user do it.", "Give it the Role that Doctor prints: ./build.sh --target=Doctor"),
            404 when answer.Body.Text("details", "name") is null => (
                "The cluster does not know that kind of object.",
                "Install the router's custom resources, or choose another traffic."
            ),
            409 when FieldConflict.Of(answer.Body).ToList() is { Count: > 0 } conflicts => (
                $"Another manager keeps what a release changes: {FieldConflict.Describe(conflicts)}.",
                "Let it leave those fields alone (Argo CD: ignoreDifferences; Flux: a patch that removes them), or release through its repository with provider: command."
            ),
            500 or 502 when Says("x509") => (
                "The cluster's certificate is not accepted.",
                "The kubeconfig's certificate-authority-data must be that of the cluster; get the kubeconfig anew."
            ),
            500 or 502 when Says("getting credentials") || Says("oauth2") => (
                "kubectl gets no credentials for the cluster.",
                LogIn(context)
            ),
            500 or 502 or 503 or 504 when !answer.IsOfServer || answer.IsPassing => Unreachable,
            _ => ($"The cluster refuses to {what}.", null),
        };
        return new ReleaseException(problem, $"{Place(context, namespaceName)}, {what}: {answer.Message}", todo);
    }

    /// <summary>A request without an answer.</summary>
    public static ReleaseException OfSilence(Exception silence, string what, string? context, string namespaceName) =>
        new(
            Unreachable.Problem,
            $"{Place(context, namespaceName)}, {what}: {(silence is OperationCanceledException ? "no answer in time" : silence.Message)}",
            Unreachable.Todo,
            inner: silence
        );

    /// <summary>A kubectl that did not start.</summary>
    public static ReleaseException OfStart(string errors, string? context)
    {
        var line = errors.ReplaceLineEndings(" ").Trim();
        var (problem, todo) =
            line.Contains("not found", StringComparison.Ordinal) && line.Contains("kubectl", StringComparison.Ordinal)
                ? ("kubectl is not installed.", "See https://kubernetes.io/docs/tasks/tools/")
            : line.Contains("does not exist", StringComparison.Ordinal)
                ? ($"The kubeconfig has no context '{context}'.", "kubectl config get-contexts shows those that there are.")
            : ("kubectl does not start.", "Try: kubectl get pods");
        return new ReleaseException(problem, line, todo);
    }

    static (string Problem, string? Todo) Unreachable { get; } =
        (
            "The cluster cannot be reached.",
            "Check the network and the kubeconfig's server (kubectl cluster-info), and run the same command: it goes on."
        );

    static string LogIn(string? context) =>
        $"Log in to the cluster again (kubectl{(context is null ? "" : $" --context={context}")} get pods must work), and run the same command: it goes on.";

    static string Place(string? context, string namespaceName) =>
        $"namespace {namespaceName}{(context is null ? "" : $", context {context}")}";
}
