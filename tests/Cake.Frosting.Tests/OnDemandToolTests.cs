using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Frosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Tests;

public sealed class OnDemandToolTests
{
    [Test]
    public void A_tool_asked_for_by_a_task_is_installed_by_the_registered_installer()
    {
        var build = new Build(typeof(Hammering)).With(host => host.UsePackageInstaller<Shop>());

        var exit = build.Run("--target=Hammering");

        Assert.That((exit, $"{build.Did}"), Is.EqualTo((0, "install:hammer hammered")));
    }

    [Test]
    public void No_installer_is_made_while_nobody_asks_for_a_tool()
    {
        var build = new Build(typeof(Idle)).With(host =>
            host.ConfigureServices(services => services.AddSingleton<IPackageInstaller>(_ => throw new InvalidOperationException("made")))
        );

        Assert.That(build.Run("--target=Idle"), Is.Zero);
    }

    sealed class Idle : FrostingTask;

    sealed class Hammering(Steps did, Core.Tooling.IToolInstaller tools) : FrostingTask
    {
        public override void Run(ICakeContext context)
        {
            Assert.That(tools.Install(new PackageReference("shop:?package=hammer")).Count(), Is.EqualTo(1));
            did.Add("hammered");
        }
    }

    sealed class Shop(Steps did) : IPackageInstaller
    {
        public bool CanInstall(PackageReference package, PackageType type) => package.Scheme == "shop";

        public IReadOnlyCollection<IFile> Install(PackageReference package, PackageType type, DirectoryPath path)
        {
            did.Add($"install:{package.Package}");
            return [new FileSystem().GetFile(typeof(OnDemandToolTests).Assembly.Location)];
        }
    }
}
