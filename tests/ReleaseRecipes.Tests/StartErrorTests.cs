using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Steps;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests;

/// <summary>What a build adds to the recipe and can never work is one clear error at start. In this process: the console and the working folder are everybody's.</summary>
[NonParallelizable]
public sealed class StartErrorTests
{
    [Test]
    public void Two_tasks_of_one_name()
    {
        var (code, said) = Run(services => services.AddSingleton<IFrostingTask, SecondVersion>());

        Assert.That((code, Lines(said)), Is.EqualTo((ExitCodes.Failed, 1)), said);
        Assert.That(said, Does.Contain("Two tasks are named 'Version'").And.Contain(nameof(SecondVersion)));
    }

    [Test]
    public void Tasks_that_wait_for_each_other()
    {
        var (code, said) = Run(services => services.AddSingleton<IFrostingTask, TooLate>());

        Assert.That((code, Lines(said)), Is.EqualTo((ExitCodes.Failed, 1)), said);
        Assert.That(said, Does.Contain("TooLate -> DeployStaging -> Tag -> TooLate").Or.Contain("Tag -> TooLate -> DeployStaging -> Tag"));
    }

    [Test]
    public void A_task_for_another_context()
    {
        var (code, said) = Run(services => services.AddSingleton<IFrostingTask, ForTheShop>());

        Assert.That((code, Lines(said)), Is.EqualTo((ExitCodes.Failed, 1)), said);
        Assert.That(said, Does.Contain($"{nameof(ForTheShop)} needs the context").And.Contain("UseContext<Shop>()"));
    }

    [Test]
    public void A_task_after_one_that_is_not_there()
    {
        var (code, said) = Run(services => services.AddSingleton<IFrostingTask, AfterNobody>());

        Assert.That((code, Lines(said)), Is.EqualTo((ExitCodes.Failed, 1)), said);
        Assert.That(said, Does.Contain("'TooLate'").And.Contain("AddAssembly"));
    }

    [TestCase("quality_gates: [{ name: no_leftoverz }]", "no_leftovers")]
    [TestCase("deployment_strategy: { production: { type: canery } }", "canary")]
    [TestCase("deployment_strategy: { production: { provider: kubernets } }", "kubernetes")]
    [TestCase("deployment_strategy: { production: { metrics: { provider: promethius } } }", "prometheus")]
    [TestCase("notifications: { channels: [slak] }", "slack")]
    [TestCase("changelog: { style: emojy }", "emoji")]
    public void A_name_in_the_strategy_that_nobody_registered(string strategy, string meant)
    {
        var (code, said) = Run(services => services.AddSingleton<IGate, NoLeftovers>(), $"release_strategy: {{ {strategy} }}");

        Assert.That(code, Is.EqualTo(ExitCodes.WrongInput), said);
        Assert.That(said, Does.Contain(meant).And.Contain("release-strategy.yml:1:"));
    }

    static int Lines(string said) => said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    static (int ExitCode, string Said) Run(Action<IServiceCollection> add, string strategy = "release_strategy: {}")
    {
        using var repository = new TemporaryRepository();
        repository.Files.Write("release-strategy.yml", strategy);
        repository.Commit("feat: start");
        var (folder, console) = (Environment.CurrentDirectory, Console.Out);
        using var said = new StringWriter();
        Console.SetOut(said);
        try
        {
            var code = ReleaseRecipe.Run(["--target=Version", $"--working={repository.Root}"], host => host.ConfigureServices(add));
            return (code, said.ToString());
        }
        finally
        {
            Console.SetOut(console);
            Environment.CurrentDirectory = folder;
        }
    }

    [TaskName("Version")]
    sealed class SecondVersion : FrostingTask;

    [IsDependentOn(typeof(DeployStagingTask))]
    [IsDependeeOf(typeof(TagTask))]
    sealed class TooLate : FrostingTask;

    [IsDependentOn(typeof(TooLate))]
    sealed class AfterNobody : FrostingTask;

    [IsDependeeOf(typeof(TagTask))]
    sealed class ForTheShop : FrostingTask<Shop>;

    sealed class Shop(ICakeContext context) : FrostingContext(context);

    sealed class NoLeftovers : IGate
    {
        public string Name => "no_leftovers";

        public Task<GateAnswer> CheckAsync(GateCandidate candidate, CancellationToken cancel) =>
            Task.FromResult(GateAnswer.Open("nothing is left over"));
    }
}
