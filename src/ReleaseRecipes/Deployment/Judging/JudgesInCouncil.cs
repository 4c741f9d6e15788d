namespace ReleaseRecipes.Deployment;

/// <summary>Several judges of one measurement: breached where any of them says so, good only where all of them do.</summary>
sealed class JudgesInCouncil(IReadOnlyList<IJudge> judges) : IJudge
{
    static readonly Finding[] Order = [Finding.Breached, Finding.Error, Finding.TooFew, Finding.Inconclusive, Finding.Good];

    public Judgement Judge(Measurement measurement)
    {
        var all = judges.Select(judge => judge.Judge(measurement)).ToList();
        var finding = Order.First(finding => all.Any(judgement => judgement.Finding == finding));
        return new Judgement(finding, string.Join("; ", all.Select(judgement => judgement.Reason).Distinct()));
    }
}
