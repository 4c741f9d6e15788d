using Microsoft.Extensions.DependencyInjection;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Notifications;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests;

public sealed class ReleaseStartTests
{
    [Test]
    public async Task What_a_build_registers_the_strategy_file_may_name()
    {
        using var repository = new TemporaryRepository();
        repository.Files.Write(
            "release-strategy.yml",
            "release_strategy: { deployment_strategy: { prod: { provider: moon } }, notifications: { channels: [pigeon] } }"
        );
        repository.Commit("feat: start");
        using var services = new ServiceCollection()
            .AddSingleton<ITargetKind, Moon>()
            .AddSingleton<INotifier, Pigeon>()
            .BuildServiceProvider();
        using var start = new ReleaseStart(new ReleaseRun(["--target=Plan", $"--working={repository.Root}"]), services);

        var session = await start.SessionAsync();

        Assert.That(session.Parts.TargetOf(session.Strategy.Environments[0]), Is.InstanceOf<Moon>());
        Assert.That(session.Parts.Notifiers.Single(), Is.InstanceOf<Pigeon>());
    }

    sealed class Moon : ITargetKind
    {
        public string Name => "moon";

        public Task<IReadOnlyList<string>> MissingAsync(TargetPlace place, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<string>>([]);

        public ITarget Open(TargetPlace place) => throw new NotSupportedException();
    }

    sealed class Pigeon : INotifier
    {
        public string Name => "pigeon";

        public Task TellAsync(ReleaseNews news, CancellationToken cancel) => Task.CompletedTask;
    }
}
