namespace ReleaseRecipes.Recipes.Tests;

/// <summary>The template package, and <c>Init</c> beside it.</summary>
[Parallelizable(ParallelScope.Self)]
[Platform(Exclude = "Win")]
[Category("Slow")]
public sealed class TemplateTests
{
    static Consumer consumer = null!;
    static Ran plan = null!;

    [OneTimeSetUp]
    public static void FollowTheReadme()
    {
        consumer = new Consumer("templates", Packed.SeededCache()).Commit("feat: the first version");
        plan = Walkthrough.Of(File.ReadAllText(Path.Combine(Packed.Repository, "recipes/template/README.md"))).Follow(consumer);
        consumer.Commit("feat: a release");
    }

    [Test]
    public void What_it_writes_is_a_build_whose_plan_says_what_is_still_to_be_chosen()
    {
        Assert.That(plan.Output, Does.Contain("Version 0.1.0").And.Contain("nothing says how the application is started"));
        Assert.That(consumer.Shell("git status --porcelain --ignored").Output, Is.Empty);
        Assert.That(consumer.Read("build/Build.csproj"), Does.Contain($"Version=\"{Packed.Version}\""));
    }

    [TestCase("service", "github", ".github/workflows/release.yml")]
    [TestCase("library", "gitlab", ".gitlab-ci.yml")]
    [TestCase("monorepo", "azure", "azure-pipelines.yml")]
    public void The_template_and_Init_write_the_same_files(string type, string server, string workflow)
    {
        var (made, initialised) = ($"{type}-new", $"{type}-init");
        consumer.Shell($"dotnet new releaserecipes --type={type} --ci={server} --output {made}").Succeeds();
        consumer
            .Shell($"git init -q {initialised} && ./build.sh --target=Init --type={type} --ci={server} --working={initialised}")
            .Succeeds();

        var files = Listing(made);

        Assert.That(Listing(initialised), Is.EqualTo(files));
        Assert.That(files, Does.Contain($" ./{workflow}\n").And.Contain(" ./release-strategy.yml\n").And.Contain("rwx"));
        consumer.Shell($"rm -rf {made} {initialised}").Succeeds();
    }

    [Test]
    public void Init_overwrites_nothing_and_adds_no_second_build_project()
    {
        var folder = Path.Combine(consumer.Root, "own");
        consumer.Shell("git init -q own && mkdir own/build && ln -s nowhere own/build.ps1").Succeeds();
        consumer.Write("own/build/Mine.csproj", "mine").Write("own/.gitlab-ci.yml", "mine");

        var ran = consumer.Shell("./build.sh --target=Init --ci=gitlab --working=own").Succeeds();

        Assert.That(ran.Output, Does.Contain("there    .gitlab-ci.yml").And.Contain("there    build.ps1").And.Contain("written  build.sh"));
        Assert.That(consumer.Read("own/.gitlab-ci.yml"), Is.EqualTo("mine"));
        Assert.That(Directory.GetFiles(Path.Combine(folder, "build")).Select(Path.GetFileName), Is.EqualTo(["Mine.csproj"]));
        consumer.Shell("rm -rf own").Succeeds();
    }

    // Modes, digests and names of all files.
    static string Listing(string folder) =>
        consumer
            .Shell(
                $"cd {folder} && find . -path ./.git -prune -o -type f -print | sort | while read f; do echo \"$(stat -c %A \"$f\") $(git hash-object \"$f\") $f\"; done"
            )
            .Succeeds()
            .Output;
}
