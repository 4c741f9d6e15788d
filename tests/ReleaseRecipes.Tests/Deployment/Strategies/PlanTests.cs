using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Simulation;

namespace ReleaseRecipes.Tests.Deployment.Strategies;

public sealed class PlanTests
{
    // https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment: surge up, unavailable down, never both 0
    [TestCase(3, "25%", "25%", "1+2 2+1 3+1")]
    [TestCase(4, "25%", "25%", "1+2 3+1 4+1")]
    [TestCase(4, "1", "0", "1+3 2+2 3+1 4+1")]
    [TestCase(4, "100%", "0", "4+1")]
    [TestCase(4, "0", "1", "0+3 1+2 2+1 3+1 then 4")]
    [TestCase(3, "0", "25%", "0+2 1+1 2+1 then 3")]
    [TestCase(2, "0", "100%", "0+1 1+1 then 2")]
    [TestCase(1, "25%", "25%", "")]
    [TestCase(1, "0", "1", "")]
    public void Instances_are_replaced_within_surge_and_unavailable(int replicas, string surge, string unavailable, string expected)
    {
        var moves = Plan(replicas, surge, unavailable);

        var scales = moves
            .OfType<Scale>()
            .Select(scale => scale.Stable == 0 ? $"then {scale.Candidate}" : $"{scale.Candidate}+{scale.Stable}");
        Assert.That(string.Join(' ', scales), Is.EqualTo(expected));
    }

    [Test]
    public void However_many_there_are_never_too_many_run_nor_too_few_serve() =>
        Prop.ForAll(
                Gen.Zip(Gen.Choose(2, 30), Gen.Zip(Gen.Choose(0, 30), Gen.Choose(0, 30))).ToArbitrary(),
                sizes =>
                {
                    var (replicas, (surge, unavailable)) = sizes;
                    var mayMiss = Math.Max(unavailable, surge == 0 ? 1 : 0);
                    var (most, least, candidate, stable) = (0, replicas, 0, replicas);
                    foreach (var move in Plan(replicas, $"{surge}", $"{unavailable}"))
                    {
                        var before = (candidate, stable);
                        (candidate, stable) = move switch
                        {
                            Scale scale => (scale.Candidate, scale.Stable),
                            Retire => (candidate, 0),
                            _ => before,
                        };
                        // What grows grows first.
                        most = Math.Max(most, Math.Max(before.candidate, candidate) + Math.Max(before.stable, stable));
                        least = Math.Min(least, candidate + stable);
                        least = move is Shift { CandidateWeight: 100 } ? Math.Min(least, candidate) : least;
                    }

                    // One of the stable version stays to the end, for the way back.
                    return most <= replicas + Math.Max(surge, 0) && least >= Math.Max(0, replicas - mayMiss) && candidate == replicas;
                }
            )
            .QuickCheckThrowOnFailure();

    [TestCase("canary")]
    [TestCase("blue_green")]
    [TestCase("rolling")]
    [TestCase("recreate")]
    public void The_last_thing_before_the_point_of_no_return_is_a_watch_over_all_the_traffic(string type)
    {
        var moves = Plan(3, "25%", "25%", type).ToList();

        var promotion = moves.FindIndex(move => move is Promote);
        Assert.That(moves[promotion - 1], Is.TypeOf<Watch>());
        Assert.That(moves[promotion - 2], Is.EqualTo(new Shift(100)));
        Assert.That(moves.Take(promotion).Any(move => move is Retire), Is.False);
    }

    [TestCase("canary", "pause shift watch pause shift watch pause promote")]
    [TestCase("blue_green", "install smoke pause shift watch pause promote")]
    [TestCase("rolling", "install smoke pause scale watch pause scale pause shift watch pause promote")]
    [TestCase("recreate", "pause stop install smoke shift watch pause promote")]
    public void A_person_confirms_every_raise_of_traffic_and_the_promotion(string type, string expected)
    {
        var environment = Rolling(2, "1", "1") with { Type = type, Confirm = ["traffic", "promotion"], CanaryPercentage = [50, 100] };

        var words = Words(DeploymentStrategies.Named(type).Plan(Rollout(environment)));

        Assert.That(words, Does.Contain(expected));
    }

    [Test]
    public void A_plan_without_a_promotion_waits_all_the_same()
    {
        var environment = Rolling(1, "1", "0") with { Confirm = ["traffic"] };

        var moves = new ConfirmedStrategy(new Straight()).Plan(Rollout(environment));

        Assert.That(Words(moves), Is.EqualTo("pause shift"));
    }

    static IReadOnlyList<Move> Plan(int replicas, string surge, string unavailable, string type = "rolling") =>
        DeploymentStrategies.Named(type).Plan(Rollout(Rolling(replicas, surge, unavailable)));

    static EnvironmentSettings Rolling(int replicas, string surge, string unavailable) =>
        new("production")
        {
            Replicas = replicas,
            MaxSurge = surge,
            MaxUnavailable = unavailable,
            SmokeTest = "npm run smoke",
        };

    static Rollout Rollout(EnvironmentSettings environment) =>
        new(environment, new ApplicationSettings(), SimulatedWorld.Candidate("2.0.0"), "1.0.0");

    static string Words(IEnumerable<Move> moves) =>
        string.Join(' ', moves.Select(move => move is StopStable ? "stop" : move.GetType().Name.ToLowerInvariant()));

    sealed class Straight : IDeploymentStrategy
    {
        public string Name => "straight";

        public IReadOnlyList<Move> Plan(Rollout rollout) => [new Shift(100)];
    }
}
