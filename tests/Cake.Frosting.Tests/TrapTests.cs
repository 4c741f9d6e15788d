using Cake.Core;
using Cake.Frosting.Tests.Support;

namespace Cake.Frosting.Tests;

/// <summary>Where Frosting surprises: what a recipe must be written for.</summary>
public sealed class TrapTests
{
    [Test]
    public void A_skipped_task_does_not_stop_the_tasks_that_depend_on_it()
    {
        var build = new Build(typeof(SkippedGates), typeof(DeployAfterSkipped));

        var exit = build.Run("--target=Deploy");

        Assert.That((exit, $"{build.Did}"), Is.EqualTo((0, "deploy")));
    }

    [Test]
    public void An_overridden_OnError_swallows_the_failure()
    {
        var build = new Build(typeof(SwallowingGates), typeof(DeployAfterSwallowing));

        var exit = build.Run("--target=Deploy");

        Assert.That((exit, $"{build.Did}"), Is.EqualTo((0, "swallow deploy")));
    }

    [Test]
    public void Exclusive_runs_one_task_without_its_gates()
    {
        var build = new Build(typeof(FailingGates), typeof(DeployAfterFailing));

        var exit = build.Run("--target=Deploy", "--exclusive");

        Assert.That((exit, $"{build.Did}"), Is.EqualTo((0, "deploy")));
    }

    [Test]
    public void A_dry_run_runs_no_task_but_setup_and_a_teardown_that_sees_success()
    {
        var build = new Build(typeof(FailingGates)).With(host => host.UseLifetime<Lifetime>());

        var exit = build.Run("--target=Gates", "--dryrun");

        Assert.That((exit, $"{build.Did}"), Is.EqualTo((0, "setup teardown:True")));
    }

    [Test]
    public void A_skipped_target_is_a_failure()
    {
        var build = new Build(typeof(SkippedGates));

        var exit = build.Run("--target=Gates");

        Assert.That(exit, Is.EqualTo(1));
        Assert.That(build.Said, Does.Contain("Could not reach target 'Gates'"));
    }

    [Test]
    public void A_failed_gate_stops_the_tasks_that_depend_on_it()
    {
        var build = new Build(typeof(FailingGates), typeof(DeployAfterFailing));

        var exit = build.Run("--target=Deploy");

        Assert.That((exit, $"{build.Did}"), Is.EqualTo((1, "")));
    }

    [Test]
    public void The_exit_code_of_an_exception_does_not_leave_its_task()
    {
        var build = new Build(typeof(Three));

        Assert.That(build.Run("--target=Three"), Is.EqualTo(1));
    }

    [Test]
    public void Only_public_tasks_of_the_entry_assembly_and_of_added_ones_are_found()
    {
        var build = new Build();

        Assert.That(build.Run("--target=Version"), Is.EqualTo(1));
        Assert.That(build.Said, Does.Contain("The target 'Version' was not found"));
        Assert.That(new Build().With(host => host.AddAssembly(typeof(TrapTests).Assembly)).Run("--target=TheOnlyPublicTask"), Is.Zero);
    }

    [Test]
    public void The_tree_does_not_show_IsDependeeOf()
    {
        var build = new Build(typeof(Umbrella), typeof(Guest), typeof(Member));

        var exit = build.Run("--tree");

        Assert.That(exit, Is.Zero);
        Assert.That(build.Said, Does.Contain("─Member").And.Not.Contain("─Guest"));
    }

    [Test]
    public void A_task_that_is_a_dependee_runs_before_the_task_it_names()
    {
        var build = new Build(typeof(Umbrella), typeof(Guest), typeof(Member));

        build.Run("--target=Umbrella");

        Assert.That($"{build.Did}", Is.EqualTo("member guest umbrella"));
    }

    [TaskName("Gates")]
    sealed class SkippedGates(Steps did) : FrostingTask
    {
        public override bool ShouldRun(ICakeContext context) => false;

        public override void Run(ICakeContext context) => did.Add("gates");
    }

    [TaskName("Deploy"), IsDependentOn(typeof(SkippedGates))]
    sealed class DeployAfterSkipped(Steps did) : FrostingTask
    {
        public override void Run(ICakeContext context) => did.Add("deploy");
    }

    [TaskName("Gates")]
    sealed class SwallowingGates(Steps did) : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new InvalidOperationException("the gate is closed");

        public override void OnError(Exception exception, ICakeContext context) => did.Add("swallow");
    }

    [TaskName("Deploy"), IsDependentOn(typeof(SwallowingGates))]
    sealed class DeployAfterSwallowing(Steps did) : FrostingTask
    {
        public override void Run(ICakeContext context) => did.Add("deploy");
    }

    [TaskName("Gates")]
    sealed class FailingGates : AsyncFrostingTask
    {
        public override Task RunAsync(ICakeContext context) => throw new InvalidOperationException("the gate is closed");
    }

    [TaskName("Deploy"), IsDependentOn(typeof(FailingGates))]
    sealed class DeployAfterFailing(Steps did) : FrostingTask
    {
        public override void Run(ICakeContext context) => did.Add("deploy");
    }

    sealed class Three : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new CakeException(3, "three");
    }

    sealed class Lifetime(Steps did) : FrostingLifetime
    {
        public override void Setup(ICakeContext context, ISetupContext info) => did.Add("setup");

        public override void Teardown(ICakeContext context, ITeardownContext info) => did.Add($"teardown:{info.Successful}");
    }

    [IsDependentOn(typeof(Member))]
    sealed class Umbrella(Steps did) : FrostingTask
    {
        public override void Run(ICakeContext context) => did.Add("umbrella");
    }

    sealed class Member(Steps did) : FrostingTask
    {
        public override void Run(ICakeContext context) => did.Add("member");
    }

    [IsDependeeOf(typeof(Umbrella))]
    sealed class Guest(Steps did) : FrostingTask
    {
        public override void Run(ICakeContext context) => did.Add("guest");
    }
}
