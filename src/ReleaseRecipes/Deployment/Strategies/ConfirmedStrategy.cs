namespace ReleaseRecipes.Deployment;

/// <summary>
/// Any strategy, with a pause before the moves that <c>confirm</c> names: <c>traffic</c>, before every move that gives the candidate more of the traffic
/// (where nothing serves meanwhile, before the stable version is stopped); <c>promotion</c>, before the point of no return.
/// </summary>
public sealed class ConfirmedStrategy(IDeploymentStrategy strategy) : IDeploymentStrategy
{
    public string Name => strategy.Name;

    public IReadOnlyList<Move> Plan(Rollout rollout)
    {
        var moves = strategy.Plan(rollout);
        var wanted = rollout.Environment.Confirm;
        var promotion = moves.TakeWhile(move => move is not Promote).Count();
        return
        [
            .. moves.SelectMany(
                (move, at) => IsToConfirm(move, wanted, moves, at < promotion) ? (Move[])[new Pause(move.Description), move] : [move]
            ),
        ];
    }

    static bool IsToConfirm(Move move, IReadOnlyList<string> wanted, IReadOnlyList<Move> moves, bool isBeforePromotion) =>
        move switch
        {
            Promote => wanted.Contains("promotion"),
            StopStable => wanted.Contains("traffic"),
            // With nothing serving, waiting for a person would be an outage.
            Shift or Scale { Candidate: > 0 } => wanted.Contains("traffic") && isBeforePromotion && !moves.OfType<StopStable>().Any(),
            _ => false,
        };
}
