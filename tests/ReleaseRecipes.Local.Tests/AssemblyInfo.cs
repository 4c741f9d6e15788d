[assembly: Parallelizable(ParallelScope.All)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

// Every test runs a gateway, a watchdog and instances of its own.
[assembly: LevelOfParallelism(2)]
