namespace Cake.Frosting.Tests.BuildScript;

/// <summary>build.sh in a real repository. One consumer for all, so that most tests find the program built already.</summary>
[Parallelizable(ParallelScope.Self)]
[Platform(Exclude = "Win")]
public sealed class BuildScriptTests
{
    static Consumer consumer = null!;

    [OneTimeSetUp]
    public static void MakeConsumer() => consumer = new();

    [OneTimeTearDown]
    public static void DropConsumer() => consumer.Dispose();

    [SetUp]
    public void StartBuilt()
    {
        consumer.Says("one");
        consumer.Build();
    }

    [Test]
    public void Arguments_come_through_untouched_and_exit_codes_back()
    {
        string[] args = ["", "two words", "$HOME", "*", "\"quoted\"", "it's", "--x=$(id)", "back\\slash", "ü", "7"];

        var ran = consumer.Build(args);

        Assert.That(ran.ExitCode, Is.EqualTo(7));
        Assert.That(ran.Output.TrimEnd().Split('\n').Skip(2), Is.EqualTo(args.Select(arg => $"<{arg}>")));
    }

    [Test]
    public void It_runs_from_any_folder_and_works_in_its_own()
    {
        var ran = consumer.BuildFrom("/");

        Assert.That(ran.Output, Is.EqualTo($"one\n{consumer.Root}\n"));
    }

    [Test]
    public void Nothing_is_compiled_when_nothing_changed()
    {
        File.SetLastWriteTimeUtc(Path.Combine(consumer.Root, "build/Program.cs"), DateTime.UtcNow);

        Assert.That(consumer.Build(), Has.Property("Compiled").False.And.Property("Error").Empty);
    }

    [Test]
    public void A_build_leaves_the_repository_as_it_was()
    {
        Assert.That(consumer.Git("status", "--porcelain", "--ignored"), Is.Empty);
    }

    [Test]
    public void A_changed_source_is_compiled_once_however_many_start_at_once_and_the_earlier_program_is_still_there()
    {
        consumer.Says("two");
        var all = Enumerable.Range(0, 3).Select(_ => consumer.Start()).ToList().ConvertAll(Consumer.Finished);
        consumer.Says("one");
        var back = consumer.Build();

        Assert.That(all.Select(ran => ran.Output), Is.All.EqualTo($"two\n{consumer.Root}\n"));
        Assert.That(all.Count(ran => ran.Compiled), Is.EqualTo(1));
        Assert.That((back.Compiled, back.Output), Is.EqualTo((false, $"one\n{consumer.Root}\n")));
    }

    [Test]
    public void An_added_file_a_deleted_one_and_new_settings_above_are_noticed()
    {
        consumer.Write("build/More.cs", "class More;");
        var added = consumer.Build();
        consumer.Write("Directory.Build.props", "<Project><PropertyGroup><Product>x</Product></PropertyGroup></Project>");
        var settings = consumer.Build();
        File.Delete(Path.Combine(consumer.Root, "Directory.Build.props"));
        File.Delete(Path.Combine(consumer.Root, "build/More.cs"));
        var deleted = consumer.Build();

        Assert.That((added.Compiled, settings.Compiled, deleted.Compiled), Is.EqualTo((true, true, false)));
        Assert.That(deleted.Output, Does.StartWith("one"));
    }

    [Test]
    public void A_program_that_does_not_compile_is_told_and_never_runs()
    {
        consumer.Write("build/Program.cs", "this is not C#");

        var broken = consumer.Build();

        Assert.That((broken.ExitCode, broken.Output), Is.EqualTo((1, "")));
        Assert.That(broken.Error, Does.Contain("error CS").And.Contain("The build project does not build"));
    }

    [Test]
    public void A_builder_killed_half_way_stands_in_nobodys_way()
    {
        consumer.Says($"after a kill {Guid.NewGuid()}");
        using (var killed = consumer.Start())
        {
            Assert.That(killed.StandardError.ReadLine(), Does.StartWith("Building"));
            killed.Kill();
            killed.WaitForExit();
        }

        var ran = consumer.Build();

        Assert.That((ran.ExitCode, ran.Compiled), Is.EqualTo((0, true)));
        Assert.That(ran.Output, Does.StartWith("after a kill"));
    }
}
