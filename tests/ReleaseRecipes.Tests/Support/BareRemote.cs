using ReleaseRecipes.Git;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Tests.Support;

/// <summary>A bare repository that others push to, and clones of it.</summary>
public sealed class BareRemote : IDisposable
{
    readonly TemporaryFolder folder = new();
    int clones;

    public BareRemote()
    {
        Run(folder.Path, "init", "-q", "--bare", "-b", "main", Path);
        var seed = Clone();
        Run(seed, "commit", "-q", "--allow-empty", "-m", "feat: first");
        Run(seed, "push", "-q", "origin", "HEAD:main");
    }

    public string Path => folder["remote.git"];

    /// <summary>A fresh clone's folder.</summary>
    public string Clone()
    {
        var path = folder[$"clone-{Interlocked.Increment(ref clones)}"];
        Run(folder.Path, "clone", "-q", Path, path);
        foreach (var (name, value) in new[] { ("user.name", "Ada"), ("user.email", "ada@example.com"), ("commit.gpgSign", "false") })
        {
            Run(path, "config", name, value);
        }

        return path;
    }

    public Task<GitRepository> OpenCloneAsync() => GitRepository.OpenAsync(Clone());

    /// <summary>Runs git in the remote itself.</summary>
    public string Git(params string[] arguments) => Run(Path, arguments);

    /// <summary>Makes the remote refuse or do something on every push.</summary>
    public void Hook(string name, string script)
    {
        var path = System.IO.Path.Combine(Path, "hooks", name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public static string Run(string folder, params string[] arguments)
    {
        var call = new ProgramCall("git", arguments)
        {
            WorkingDirectory = folder,
            Environment = new Dictionary<string, string?>
            {
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                ["GIT_CONFIG_NOSYSTEM"] = "1",
                ["LC_ALL"] = "C.UTF-8",
            },
        };
        var result = ProgramRunner.RunAsync(call).GetAwaiter().GetResult();
        return result.Succeeded
            ? result.Output.TrimEnd('\n')
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {result.Error}");
    }

    public void Dispose() => folder.Dispose();
}
