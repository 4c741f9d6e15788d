using Cake.Common;
using Cake.Core;
using Cake.Core.Composition;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Frosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Path = System.IO.Path;

namespace Cake.Frosting.Tests;

/// <summary>The host as its users know it. Alone, since Cake's working directory is the process's.</summary>
[NonParallelizable]
public sealed class HostTests
{
    [Test]
    public void Lifetimes_stand_around_the_build_and_around_each_task()
    {
        var build = new Build(typeof(Speak)).With(host => host.UseLifetime<Around>().UseTaskLifetime<AroundTask>());

        build.Run("--target=Speak", "--word=hi");

        Assert.That($"{build.Did}", Is.EqualTo("setup:Speak task:Speak hi end:Speak teardown:True"));
    }

    [Test]
    public void Arguments_reach_the_context_by_name()
    {
        var build = new Build(typeof(Speak));

        var exit = build.Run("--target", "speak", "--word", "two words");

        Assert.That((exit, $"{build.Did}"), Is.EqualTo((0, "two words")));
    }

    [Test]
    public void Finally_runs_after_a_failure_and_ContinueOnError_goes_on()
    {
        var build = new Build(typeof(Stumble), typeof(GoOn));

        var exit = build.Run("--target=GoOn");

        Assert.That((exit, $"{build.Did}"), Is.EqualTo((0, "finally on")));
    }

    [Test]
    public void A_startup_a_module_and_settings_register_what_tasks_ask_for()
    {
        var build = new Build(typeof(Settings)).With(host =>
            host.UseStartup<Startup>().UseModule<Module>().UseCakeSetting("Color", "green").SetToolPath("elsewhere")
        );

        var exit = build.Run("--target=Settings");

        Assert.That((exit, $"{build.Did}"), Is.EqualTo((0, "startup module green elsewhere")));
    }

    [Test]
    public void Tools_are_installed_before_the_first_task_by_the_registered_installer()
    {
        var build = new Build(typeof(Speak)).With(host =>
            host.UsePackageInstaller<Installer>().InstallTool(new Uri("shop:?package=hammer&version=1.0.0"))
        );

        build.Run("--target=Speak", "--word=hi");

        Assert.That($"{build.Did}", Is.EqualTo("install:hammer hi"));
    }

    [Test]
    public void A_tool_nobody_can_install_stops_the_build()
    {
        var build = new Build(typeof(Speak)).With(host => host.InstallTool(new Uri("shop:?package=hammer")));

        Assert.That(build.Run("--target=Speak"), Is.EqualTo(1));
        Assert.That(build.Said, Does.Contain("Could not find an installer for the 'shop' scheme."));
    }

    [Test]
    public void The_working_directory_is_the_hosts_unless_the_command_line_says_otherwise()
    {
        var before = Environment.CurrentDirectory;
        try
        {
            var build = new Build(typeof(Where)).With(host => host.UseWorkingDirectory("/"));

            build.Run("--target=Where");
            build.Run("--target=Where", $"--working={Path.GetTempPath()}");

            Assert.That($"{build.Did}", Does.StartWith("/ ").And.EndsWith(new DirectoryPath(Path.GetTempPath()).FullPath));
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Test]
    public void A_working_directory_that_does_not_exist_stops_the_build()
    {
        var build = new Build(typeof(Speak));

        Assert.That(build.Run("--target=Speak", "--working=/no/such/folder"), Is.EqualTo(1));
        Assert.That(build.Said, Does.Contain("The working directory '/no/such/folder' does not exist."));
    }

    [Test]
    public void Services_of_the_build_replace_the_hosts_own()
    {
        var build = new Build(typeof(Speak)).With(host =>
            host.ConfigureServices(services => services.AddSingleton<IExecutionStrategy, Announcing>())
        );

        build.Run("--target=Speak", "--word=hi");

        Assert.That($"{build.Did}", Is.EqualTo("strategy:Speak hi"));
    }

    [Test]
    public void The_report_is_written_by_whoever_is_registered_for_it()
    {
        var build = new Build(typeof(Speak)).With(host =>
            host.ConfigureServices(services => services.AddSingleton<ICakeReportPrinter, Reporter>())
        );

        build.Run("--target=Speak", "--word=hi");

        Assert.That($"{build.Did}", Is.EqualTo("hi report:1"));
    }

    [Test]
    public void A_wrong_command_line_runs_nothing_and_exits_with_minus_one()
    {
        var build = new Build(typeof(Speak));

        Assert.That((build.Run("Speak"), $"{build.Did}"), Is.EqualTo((-1, "")));
    }

    [TestCase("--help", "USAGE")]
    [TestCase("--info", "Version")]
    public void Help_and_info_run_nothing(string option, string expected)
    {
        var build = new Build(typeof(Stumble));

        Assert.That(build.Run(option), Is.Zero);
        Assert.That(build.Said, Does.Contain(expected));
    }

    [Test]
    public void The_verbosity_reaches_the_log()
    {
        var build = new Build(typeof(Speak)).With(host => host.ConfigureServices(services => services.AddSingleton<ICakeLog, QuietLog>()));

        build.Run("--target=Speak", "--word=hi", "--verbosity=quiet");

        Assert.That($"{build.Did}", Is.EqualTo("Quiet hi"));
    }

    sealed class Speak(Steps did) : FrostingTask
    {
        public override void Run(ICakeContext context) => did.Add(context.Argument("word", "silence"));
    }

    sealed class Where(Steps did) : FrostingTask
    {
        public override void Run(ICakeContext context) => did.Add(context.Environment.WorkingDirectory.FullPath);
    }

    [ContinueOnError]
    sealed class Stumble(Steps did) : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new InvalidOperationException("stumbled");

        public override void Finally(ICakeContext context) => did.Add("finally");
    }

    [IsDependentOn(typeof(Stumble))]
    sealed class GoOn(Steps did) : FrostingTask
    {
        public override void Run(ICakeContext context) => did.Add("on");
    }

    sealed class Around(Steps did) : FrostingLifetime<IFrostingContext>
    {
        public override void Setup(IFrostingContext context, ISetupContext info) => did.Add($"setup:{info.TargetTask.Name}");

        public override void Teardown(IFrostingContext context, ITeardownContext info) => did.Add($"teardown:{info.Successful}");
    }

    sealed class AroundTask(Steps did) : FrostingTaskLifetime
    {
        public override void Setup(ICakeContext context, ITaskSetupContext info) => did.Add($"task:{info.Task.Name}");

        public override void Teardown(ICakeContext context, ITaskTeardownContext info) => did.Add($"end:{info.Task.Name}");
    }

    sealed record FromStartup(string Name);

    sealed record FromModule(string Name);

    sealed class Startup : IFrostingStartup
    {
        public void Configure(IServiceCollection services) => services.AddSingleton(new FromStartup("startup"));
    }

    sealed class Module : ICakeModule
    {
        public void Register(ICakeContainerRegistrar registrar) => registrar.RegisterInstance(new FromModule("module"));
    }

    sealed class Settings(Steps did, FromStartup startup, FromModule module, ICakeConfiguration settings) : FrostingTask
    {
        public override void Run(ICakeContext context)
        {
            did.Add(startup.Name);
            did.Add(module.Name);
            did.Add(settings.GetValue("Color"));
            did.Add(settings.GetValue("Paths_Tools"));
        }
    }

    sealed class Installer(Steps did) : IPackageInstaller
    {
        public bool CanInstall(PackageReference package, PackageType type) => package.Scheme == "shop";

        public IReadOnlyCollection<IFile> Install(PackageReference package, PackageType type, DirectoryPath path)
        {
            did.Add($"install:{package.Package}");
            return [new FileSystem().GetFile(typeof(HostTests).Assembly.Location)];
        }
    }

    sealed class Reporter(Steps did) : ICakeReportPrinter
    {
        public void Write(CakeReport report) => did.Add($"report:{report.Count()}");

        public void WriteStep(string name, Verbosity verbosity) { }

        public void WriteLifeCycleStep(string name, Verbosity verbosity) { }

        public void WriteSkippedStep(string name, Verbosity verbosity) { }
    }

    sealed class QuietLog(Steps did) : ICakeLog
    {
        public Verbosity Verbosity
        {
            get;
            set
            {
                field = value;
                did.Add($"{value}");
            }
        }

        public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args) { }
    }

    sealed class Announcing(Steps did) : IExecutionStrategy
    {
        public void PerformSetup(Action<ISetupContext> action, ISetupContext context) => action(context);

        public void PerformTeardown(Action<ITeardownContext> action, ITeardownContext teardownContext) => action(teardownContext);

        public Task ExecuteAsync(CakeTask task, ICakeContext context)
        {
            did.Add($"strategy:{task.Name}");
            return task.Execute(context);
        }

        public void Skip(CakeTask task, CakeTaskCriteria criteria) { }

        public Task ReportErrorsAsync(Func<Exception, Task> action, Exception exception) => action(exception);

        public Task HandleErrorsAsync(Func<Exception, ICakeContext, Task> action, Exception exception, ICakeContext context) =>
            action(exception, context);

        public Task InvokeFinallyAsync(Func<ICakeContext, Task> action, ICakeContext context) => action(context);

        public void PerformTaskSetup(Action<ITaskSetupContext> action, ITaskSetupContext taskSetupContext) => action(taskSetupContext);

        public void PerformTaskTeardown(Action<ITaskTeardownContext> action, ITaskTeardownContext taskTeardownContext) =>
            action(taskTeardownContext);
    }
}
