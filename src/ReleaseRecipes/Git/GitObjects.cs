using System.Text;

namespace ReleaseRecipes.Git;

/// <summary>Reads objects through one git process that is kept, so that a read costs no start of a program. Ends with this process at the latest.</summary>
public sealed class GitObjects(GitRepository git) : IDisposable
{
    const int BufferSize = 64 * 1024;
    readonly SemaphoreSlim turn = new(1, 1);
    IObjectSource? source;

    /// <summary>What a name (<c>refs/heads/main</c>, <c>refs/heads/main:path</c>) stands for right now; null where nothing.</summary>
    public async Task<GitObject?> FindAsync(string name, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        if (name.AsSpan().IndexOfAny('\n', '\r', '\0') >= 0)
        {
            return null;
        }

        await turn.WaitAsync(CancellationToken.None);
        try
        {
            source ??= git.Objects();
            return await source.FindAsync(name);
        }
        catch (Exception problem) when (problem is IOException or EndOfStreamException or FormatException)
        {
            throw await BrokenAsync(problem);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Many objects in the order of their names, asked for ahead of the answers.</summary>
    public async IAsyncEnumerable<GitObject?> FindAllAsync(IReadOnlyList<string> names)
    {
        using var many = git.Start("cat-file", "--batch", "--buffer");
        var asking = Task.Run(async () =>
        {
            foreach (var name in names)
            {
                await many.StandardInput.WriteAsync(name + "\n");
            }

            many.StandardInput.Close();
        });
        await using var stream = new BufferedStream(many.StandardOutput.BaseStream, BufferSize);
        foreach (var _ in names)
        {
            yield return await ObjectProcess.AnswerAsync(stream);
        }

        await asking;
        await many.WaitForExitAsync();
    }

    public void Dispose()
    {
        turn.Dispose();
        source?.Dispose();
        source = null;
    }

    async Task<ReleaseException> BrokenAsync(Exception problem)
    {
        var error = source is null ? "" : await source.ProblemAsync();
        source?.Dispose();
        source = null;
        return new ReleaseException(
            $"git could not read an object: {error.Trim()}",
            git.GitDirectory,
            "Check the repository: git fsck",
            inner: problem
        );
    }
}

/// <summary>One object of a repository.</summary>
/// <param name="Hash">Its name, full.</param>
/// <param name="Type">blob, tree, commit or tag.</param>
/// <param name="Content">Its bytes.</param>
public sealed record GitObject(string Hash, string Type, byte[] Content)
{
    /// <summary>Its bytes as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Content);
}
