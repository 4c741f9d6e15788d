using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Versioning;

/// <summary>
/// A repository told as text, one act a line: <c>* feat: x</c> commits, <c>@ v1.0.0</c> tags, <c>> develop</c> goes to a branch
/// (made where it is not there), <c>+ develop</c> merges one.
/// </summary>
public sealed class BranchStory : IDisposable
{
    readonly TemporaryRepository repository = new();

    public TemporaryRepository Repository => repository;

    public BranchStory Tell(string acts)
    {
        foreach (var act in acts.Split(['\n', '|']).Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            var what = act[1..].Trim();
            switch (act[0])
            {
                case '*':
                    repository.Commit(what.Replace("\\n", "\n", StringComparison.Ordinal));
                    break;
                case '@':
                    repository.Tag(what);
                    break;
                case '>':
                    var isThere = repository.Git("branch", "--list", what).Length > 0 || repository.Git("branch", "--show-current") == what;
                    repository.Git(isThere ? ["switch", "-q", what] : ["switch", "-q", "-c", what]);
                    break;
                case '<':
                    repository.Git("switch", "-q", "-c", what.Split(' ')[0], what.Split(' ')[1]);
                    break;
                case '+':
                    repository.Git("merge", "-q", "--no-ff", "-m", $"Merge branch '{what}'", what);
                    break;
                default:
                    throw new ArgumentException(act);
            }
        }

        return this;
    }

    public async Task<VersionDecision> DecideAsync(ReleaseStrategy strategy, VersionRequest? request = null) =>
        await NextVersion.DecideAsync(await repository.OpenAsync(), strategy, request ?? new VersionRequest());

    public void Dispose() => repository.Dispose();
}
