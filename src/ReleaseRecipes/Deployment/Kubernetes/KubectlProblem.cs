using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Deployment;

/// <summary>What kubectl's failures mean, and what to do about each.</summary>
static class KubectlProblem
{
    static readonly string[] Passing =
    [
        "connection refused",
        "connection reset",
        "i/o timeout",
        "TLS handshake timeout",
        "EOF",
        "etcdserver",
        "ServiceUnavailable",
        "InternalError",
        "the server is currently unable",
        "Client.Timeout exceeded",
        "the object has been modified",
    ];

    /// <summary>Whether it may work in a moment.</summary>
    public static bool IsPassing(ProgramResult result) =>
        result.TimedOut || Passing.Any(words => result.Error.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether another manager owns a field that was to be set.</summary>
    public static bool IsConflict(string error) => error.Contains("conflict with", StringComparison.OrdinalIgnoreCase);

    /// <summary>The message in one line.</summary>
    public static string Line(string error) =>
        string.Join(' ', error.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(3));

    public static ReleaseException Of(ProgramResult result, IReadOnlyList<string> arguments, string? context, string namespaceName)
    {
        var (error, place) = (result.Error, $"namespace {namespaceName}{(context is null ? "" : $", context {context}")}");
        bool Says(string words) => error.Contains(words, StringComparison.OrdinalIgnoreCase);
        var (what, todo) =
            Says("forbidden") || Says("cannot be impersonated")
                ? ("The cluster does not let this user do it.", "Give it the Role that Doctor prints: ./build.sh --target=Doctor")
            : Says("Unauthorized") || Says("must be logged in") || Says("expired")
                ? (
                    "The cluster does not accept the credentials; they may have expired.",
                    "Log in to the cluster again, and run the same command."
                )
            : Says("context was not found") || Says("does not exist") && Says("context")
                ? ($"The kubeconfig has no context '{context}'.", "kubectl config get-contexts shows those that there are.")
            : result.TimedOut || IsPassing(result) || Says("no such host") || Says("Unable to connect")
                ? ("The cluster cannot be reached.", "Check the network and the kubeconfig's server, and run the same command: it goes on.")
            : Says("the server doesn't have a resource type")
                ? ("The cluster does not know that kind of object.", "Install the router's custom resources, or choose another traffic.")
            : Says("exceeded quota") ? ("The namespace's quota does not allow it.", "Raise the quota, or ask for less.")
            : ($"kubectl {arguments[0]} failed.", null);
        return new ReleaseException(what, $"{place}: {Line(error)}", todo);
    }
}
