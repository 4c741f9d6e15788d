namespace ReleaseRecipes.Recipes.Tests;

/// <summary>A repository of its own, on a machine whose NuGet knows the packages and whose surroundings are no CI server's.</summary>
sealed class Consumer
{
    readonly Dictionary<string, string?> environment;

    /// <param name="name">What the repository's folder is called.</param>
    /// <param name="cache">The folder that NuGet keeps packages in.</param>
    /// <param name="feeds">The folders with packages beside the ordinary feed; ours where none is named.</param>
    public Consumer(string name, string cache, params string[] feeds)
    {
        Root = Packed.NewFolder(name);
        Cache = cache;
        environment = new()
        {
            ["NUGET_PACKAGES"] = cache,
            ["DOTNET_CLI_HOME"] = NewHome(),
            ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
            ["DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_AUTHOR_NAME"] = "Ann",
            ["GIT_AUTHOR_EMAIL"] = "ann@example.com",
            ["GIT_COMMITTER_NAME"] = "Ann",
            ["GIT_COMMITTER_EMAIL"] = "ann@example.com",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["CI"] = null,
            ["BUILD_AHEAD_OF_TIME"] = "false",
            ["GITHUB_ACTIONS"] = null,
            ["GITLAB_CI"] = null,
            ["TF_BUILD"] = null,
        };
        Write(
            "nuget.config",
            $"<configuration><packageSources>{string.Concat((feeds.Length > 0 ? feeds : [Packed.Feed]).Select(feed => $"<add key=\"{Path.GetFileName(feed)}\" value=\"{feed}\" />"))}</packageSources></configuration>"
        );
        Shell("git init -q -b main && git config user.name Ann && git config user.email ann@example.com").Succeeds();
    }

    public string Root { get; }

    /// <summary>The folder that NuGet keeps its packages in.</summary>
    public string Cache { get; }

    public Consumer With(string variable, string value)
    {
        environment[variable] = value;
        return this;
    }

    public Consumer Write(string name, string content)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return this;
    }

    /// <summary>The first file of that name, whose folder a page made; null where there is none.</summary>
    public string? Find(string name) => Directory.EnumerateFiles(Root, name, SearchOption.AllDirectories).FirstOrDefault();

    public string Read(string name) => File.ReadAllText(Path.Combine(Root, name));

    /// <summary>The recipe's files and what its README tells to take along, as the first commit.</summary>
    public Consumer Take(string recipe)
    {
        var source = Path.Combine(Packed.Repository, "recipes", recipe);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => !IsBuilt(file)))
        {
            var path = Path.Combine(Root, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }

        File.Copy(Path.Combine(Packed.Repository, "build.sh"), Path.Combine(Root, "build.sh"));
        return Commit("feat: the first version");
    }

    public Consumer Commit(string message)
    {
        Shell($"git add -A && git commit -q -m '{message}'").Succeeds();
        return this;
    }

    /// <summary>Runs a line as whoever types it would.</summary>
    public Ran Shell(string line) => Ran.Of("bash", ["-c", line], Root, environment);

    // Templates are installed for a user: this one has none, and finds packages where the user of this machine does.
    static string NewHome()
    {
        var home = Packed.NewFolder("home");
        const string Settings = ".nuget/NuGet/NuGet.Config";
        var own = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Settings);
        if (File.Exists(own))
        {
            Directory.CreateDirectory(Path.Combine(home, ".nuget/NuGet"));
            File.Copy(own, Path.Combine(home, Settings));
        }

        return home;
    }

    static bool IsBuilt(string file) =>
        file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts" or "node_modules" or "__pycache__");
}
