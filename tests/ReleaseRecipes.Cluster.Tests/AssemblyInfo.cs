// Tests wait for the cluster more than for the processor.
[assembly: LevelOfParallelism(6)]
[assembly: Parallelizable(ParallelScope.All)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
