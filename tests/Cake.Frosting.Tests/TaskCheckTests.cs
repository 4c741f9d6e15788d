using Cake.Core;
using Cake.Frosting.Tests.Support;

namespace Cake.Frosting.Tests;

/// <summary>What can never run is one clear error before anything runs.</summary>
public sealed class TaskCheckTests
{
    [TestCase(typeof(Direct))]
    [TestCase(typeof(ThroughAnother))]
    public void A_task_whose_context_does_not_fit_is_an_error_at_start(Type task)
    {
        var build = new Build(typeof(Fine), task);

        var exit = build.Run("--target=Fine");

        Assert.That((exit, $"{build.Did}"), Is.EqualTo((1, "")));
        Assert.That(build.Said, Does.Contain($"Task '{task.Name}'").And.Contain("UseContext<Shop>()"));
    }

    [Test]
    public void A_task_whose_context_fits_runs_with_it()
    {
        var build = new Build(typeof(Direct), typeof(ThroughAnother)).With(host => host.UseContext<Shop>());

        var exit = build.Run("--target=Direct", "--target=ThroughAnother");

        Assert.That((exit, $"{build.Did}"), Is.EqualTo((0, "Shop Shop")));
    }

    [Test]
    public void A_lifetime_whose_context_does_not_fit_is_an_error_at_start()
    {
        var build = new Build(typeof(Fine)).With(host => host.UseSetup<ShopSetup>());

        var exit = build.Run("--target=Fine");

        Assert.That((exit, $"{build.Did}"), Is.EqualTo((1, "")));
        Assert.That(build.Said, Does.Contain("ShopSetup needs the context"));
    }

    [Test]
    public void Two_tasks_of_one_name_are_an_error_at_start()
    {
        var build = new Build(typeof(Fine), typeof(AlsoFine));

        Assert.That(build.Run("--target=Fine"), Is.EqualTo(1));
        Assert.That(build.Said, Does.Contain("Two tasks are named 'Fine'").And.Contain(nameof(AlsoFine)));
    }

    [Test]
    public void An_assembly_added_twice_is_an_error_at_start()
    {
        var twice = new Build().With(host =>
            host.AddAssembly(typeof(TheOnlyPublicTask).Assembly).AddAssembly(typeof(TheOnlyPublicTask).Assembly)
        );

        Assert.That(twice.Run("--target=TheOnlyPublicTask"), Is.EqualTo(1));
        Assert.That(twice.Said, Does.Contain("'TheOnlyPublicTask' is registered twice"));
    }

    [Test]
    public void Tasks_that_wait_for_each_other_are_an_error_that_names_the_circle()
    {
        var build = new Build(typeof(Fine), typeof(Hen), typeof(Egg), typeof(Chick));

        Assert.That(build.Run("--target=Fine"), Is.EqualTo(1));
        Assert.That(build.Said, Does.Contain("Hen -> Egg -> Chick -> Hen"));
    }

    [Test]
    public void A_dependency_on_what_is_not_a_task_or_not_registered_is_an_error_and_all_are_told_at_once()
    {
        var build = new Build(typeof(AfterText), typeof(AfterFine));

        Assert.That(build.Run("--target=AfterFine"), Is.EqualTo(1));
        Assert.That(build.Said, Does.Contain("System.String, which is not a task").And.Contain("'Fine'").And.Contain("AddAssembly"));
    }

    [Test]
    public void A_task_that_derives_from_neither_task_class_is_an_error_at_start()
    {
        var build = new Build(typeof(Bare));

        Assert.That(build.Run("--target=Bare"), Is.EqualTo(1));
        Assert.That(build.Said, Does.Contain("derives from neither FrostingTask nor AsyncFrostingTask"));
    }

    sealed class Shop(ICakeContext context) : FrostingContext(context);

    sealed class Fine(Steps did) : FrostingTask
    {
        public override void Run(ICakeContext context) => did.Add("fine");
    }

    [TaskName("fine")]
    sealed class AlsoFine : FrostingTask;

    sealed class Direct(Steps did) : FrostingTask<Shop>
    {
        public override void Run(Shop context) => did.Add(context.GetType().Name);
    }

    abstract class ShopTask : AsyncFrostingTask<Shop>;

    sealed class ThroughAnother(Steps did) : ShopTask
    {
        public override Task RunAsync(Shop context)
        {
            did.Add(context.GetType().Name);
            return Task.CompletedTask;
        }
    }

    sealed class ShopSetup : FrostingSetup<Shop>
    {
        public override void Setup(Shop context, ISetupContext info) { }
    }

    [IsDependentOn(typeof(Egg)), IsDependeeOf(typeof(Chick))]
    sealed class Hen : FrostingTask;

    [IsDependentOn(typeof(Chick))]
    sealed class Egg : FrostingTask;

    sealed class Chick : FrostingTask;

    [IsDependentOn(typeof(string))]
    sealed class AfterText : FrostingTask;

    [IsDependentOn(typeof(Fine))]
    sealed class AfterFine : FrostingTask;

    sealed class Bare : IFrostingTask
    {
        public Task RunAsync(ICakeContext context) => Task.CompletedTask;

        public bool ShouldRun(ICakeContext context) => true;

        public void OnError(Exception exception, ICakeContext context) { }

        public void Finally(ICakeContext context) { }
    }
}
