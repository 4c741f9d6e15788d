using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace ReleaseRecipes.Git;

/// <summary>The commits of one <c>git log</c>, read while git writes them. Disposing it early ends git: a range costs no more than the range.</summary>
public sealed class CommitLog : IDisposable
{
    const string Format = "--format=tformat:%H%x00%P%x00%aN%x00%aE%x00%ct%x00%B";
    const int Hash = 0;
    const int Parents = 1;
    const int Author = 2;
    const int Email = 3;
    const int Date = 4;
    const int Message = 5;

    readonly Process process;
    readonly NulRecords records;
    readonly Task<string> errors;

    CommitLog(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
        records = new NulRecords(process.StandardOutput.BaseStream, fields: 6);
    }

    /// <summary>Starts reading the ancestors of the given commits, newest first.</summary>
    /// <param name="git">The repository.</param>
    /// <param name="starts">Full hashes.</param>
    /// <param name="options">More options of <c>git log</c>.</param>
    public static CommitLog Open(GitRepository git, IEnumerable<string> starts, params IReadOnlyList<string> options)
    {
        var process = git.StartLong(["-c", "i18n.logOutputEncoding=UTF-8", "log", "-z", "--no-color", Format, .. options, "--stdin"]);
        try
        {
            foreach (var start in starts)
            {
                process.StandardInput.Write(start);
                process.StandardInput.Write('\n');
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // git ended before it read all of them; Read tells why.
        }

        return new CommitLog(process);
    }

    /// <summary>Moves to the next commit.</summary>
    /// <exception cref="ReleaseException">git failed.</exception>
    public bool Read()
    {
        if (records.Read())
        {
            return true;
        }

        process.WaitForExit();
        return process.ExitCode == 0
            ? false
            : throw new ReleaseException($"git log ended with exit code {process.ExitCode}: {errors.GetAwaiter().GetResult().Trim()}");
    }

    /// <summary>The commit's hash as hexadecimal digits.</summary>
    public ReadOnlySpan<byte> HashBytes => records[Hash];

    /// <summary>The parents' hashes as hexadecimal digits with a space between.</summary>
    public ReadOnlySpan<byte> ParentBytes => records[Parents];

    /// <summary>The author's name in UTF-8.</summary>
    public ReadOnlySpan<byte> AuthorBytes => records[Author];

    /// <summary>The author's address in UTF-8.</summary>
    public ReadOnlySpan<byte> EmailBytes => records[Email];

    /// <summary>The message in UTF-8.</summary>
    public ReadOnlySpan<byte> MessageBytes => records[Message];

    /// <summary>When it was committed, in seconds since 1970.</summary>
    public long Seconds => Utf8Parser.TryParse(records[Date], out long seconds, out _) ? seconds : 0;

    /// <summary>The commit with its texts decoded.</summary>
    public GitCommit Decode() =>
        new(
            Text(HashBytes),
            Text(ParentBytes).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Text(AuthorBytes),
            Text(EmailBytes),
            DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(Seconds, 0, 253402300799)),
            Text(MessageBytes)
        );

    public void Dispose()
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in between.
        }

        process.Dispose();
    }

    static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
