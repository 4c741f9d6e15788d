namespace Cake.Frosting.Tests.BuildScript;

/// <summary>build.ps1 in a real repository, run by PowerShell: the same promises as those of build.sh.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class PowerShellTests
{
    static Consumer consumer = null!;

    [OneTimeSetUp]
    public static void MakeConsumer()
    {
        if (!PowerShell.IsThere)
        {
            Assert.Ignore("needs PowerShell: run dotnet tool restore");
        }

        consumer = new();
        consumer.Write("build.ps1", File.ReadAllText(Path.Combine(Consumer.Repository, "build.ps1")));
        Build();
    }

    [OneTimeTearDown]
    public static void DropConsumer() => consumer?.Dispose();

    [SetUp]
    public void StartBuilt() => consumer.Says("one");

    [Test]
    public void Arguments_come_through_untouched_and_exit_codes_back()
    {
        string[] args = ["", "two words", "$HOME", "*", "\"quoted\"", "it's", "--x=$(id)", "back\\slash", "ü", "7"];

        var ran = Build(args);

        Assert.That(ran.ExitCode, Is.EqualTo(7));
        Assert.That(Lines(ran.Output).Skip(2), Is.EqualTo(args.Select(arg => $"<{arg}>")));
    }

    [Test]
    public void A_list_typed_in_PowerShell_stays_one_argument_and_the_output_can_be_kept()
    {
        var ran = PowerShell.Command($"$kept = & '{Script}' --approve=staging,production -v 3; 'kept'; $kept; $LASTEXITCODE", "/");

        Assert.That(
            Lines(ran.Output),
            Is.EqualTo(["kept", "one", consumer.Root, "<--approve=staging,production>", "<-v>", "<3>", "3"]),
            ran.Error
        );
    }

    [Test]
    public void Nothing_is_compiled_when_nothing_changed_and_the_repository_stays_as_it_was()
    {
        File.SetLastWriteTimeUtc(Path.Combine(consumer.Root, "build/Program.cs"), DateTime.UtcNow);

        var ran = Build();

        Assert.That((ran.Compiled, ran.Output), Is.EqualTo((false, $"one\n{consumer.Root}\n")), ran.Error);
        Assert.That(consumer.Git("status", "--porcelain", "--ignored"), Is.EqualTo("?? build.ps1\n"));
    }

    [Test]
    public void A_changed_source_and_an_added_file_are_compiled_and_the_earlier_program_is_still_there()
    {
        consumer.Says("two");
        consumer.Write("build/More.cs", "class More;");
        var changed = Build();
        File.Delete(Path.Combine(consumer.Root, "build/More.cs"));
        consumer.Says("one");
        var back = Build();

        Assert.That((changed.Compiled, changed.Output), Is.EqualTo((true, $"two\n{consumer.Root}\n")), changed.Error);
        Assert.That((back.Compiled, back.Output), Is.EqualTo((false, $"one\n{consumer.Root}\n")), back.Error);
    }

    [Test]
    public void A_program_that_does_not_compile_is_told_and_never_runs()
    {
        consumer.Write("build/Program.cs", "this is not C#");

        var broken = Build();

        Assert.That((broken.ExitCode, broken.Output), Is.EqualTo((1, "")));
        Assert.That(broken.Error, Does.Contain("error CS").And.Contain("The build project does not build"));
    }

    [Test]
    public void Both_scripts_say_the_same_where_they_do_the_same()
    {
        string[] Sentences(string script) =>
            [
                .. File.ReadLines(Path.Combine(Consumer.Repository, script))
                    .SelectMany(line => line.Split('"', '\''))
                    .Where(part => part.StartsWith("The ", StringComparison.Ordinal) || part.StartsWith("There ", StringComparison.Ordinal))
                    .Select(part => part.Split('$')[0])
                    .Order(StringComparer.Ordinal),
            ];

        Assert.That(Sentences("build.ps1"), Is.EqualTo(Sentences("build.sh")).And.Not.Empty);
    }

    static string Script => Path.Combine(consumer.Root, "build.ps1");

    static Ran Build(params string[] args) => PowerShell.Script(Script, args);

    static string[] Lines(string output) => output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
