using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ReleaseRecipes.Git;

/// <summary>A <c>git cat-file --batch</c> that is kept, so that a question costs no start of a program.</summary>
sealed class ObjectProcess(Process process) : IObjectSource
{
    const int BufferSize = 64 * 1024;
    readonly BufferedStream answers = new(process.StandardOutput.BaseStream, BufferSize);

    public async Task<GitObject?> FindAsync(string name)
    {
        await process.StandardInput.WriteAsync(name + "\n");
        await process.StandardInput.FlushAsync();
        return await AnswerAsync(answers);
    }

    public Task<string> ProblemAsync() => process.StandardError.ReadToEndAsync();

    public void Dispose()
    {
        answers.Dispose();
        process.StandardInput.Close();
        process.Dispose();
    }

    /// <summary>Reads one answer of the protocol.</summary>
    public static async Task<GitObject?> AnswerAsync(Stream stream)
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
}
