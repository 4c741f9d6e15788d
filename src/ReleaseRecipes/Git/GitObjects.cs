using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ReleaseRecipes.Git;

/// <summary>Reads objects through one git process that is kept, so that a read costs no start of a program. Ends with this process at the latest.</summary>
public sealed class GitObjects(GitRepository git) : IDisposable
{
    const int BufferSize = 64 * 1024;
    readonly SemaphoreSlim turn = new(1, 1);
    Process? process;
    Stream answers = Stream.Null;

    /// <summary>What a name (<c>refs/heads/main</c>, <c>refs/heads/main:path</c>) stands for right now; null where nothing.</summary>
    public async Task<GitObject?> FindAsync(string name, CancellationToken cancel = default)
    {
        if (name.AsSpan().IndexOfAny('\n', '\r', '\0') >= 0)
        {
            return null;
        }

        await turn.WaitAsync(cancel);
        try
        {
            if (process is null)
            {
                process = git.Start("cat-file", "--batch");
                answers = new BufferedStream(process.StandardOutput.BaseStream, BufferSize);
            }

            await AskAsync(process, name);
            return await AnswerAsync(answers);
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
            yield return await AnswerAsync(stream);
        }

        await asking;
        await many.WaitForExitAsync();
    }

    public void Dispose()
    {
        turn.Dispose();
        answers.Dispose();
        process?.StandardInput.Close();
        process?.Dispose();
        process = null;
    }

    static async Task AskAsync(Process process, string name)
    {
        await process.StandardInput.WriteAsync(name + "\n");
        await process.StandardInput.FlushAsync();
    }

    static async Task<GitObject?> AnswerAsync(Stream stream)
    {
        var header = await LineAsync(stream);
        var parts = header.Split(' ');
        if (parts.Length != 3 || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            return header.EndsWith(" missing", StringComparison.Ordinal) || header.EndsWith(" ambiguous", StringComparison.Ordinal)
                ? null
                : throw new FormatException(header);
        }

        var content = new byte[size];
        await stream.ReadExactlyAsync(content);
        await stream.ReadExactlyAsync(new byte[1]);
        return new GitObject(parts[0], parts[1], content);
    }

    static async Task<string> LineAsync(Stream stream)
    {
        var line = new List<byte>(80);
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one);
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]);
            }

            line.Add(one[0]);
        }
    }

    async Task<ReleaseException> BrokenAsync(Exception problem)
    {
        var error = process is null ? "" : await process.StandardError.ReadToEndAsync();
        process?.Dispose();
        process = null;
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
