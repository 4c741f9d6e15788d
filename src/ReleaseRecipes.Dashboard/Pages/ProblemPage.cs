namespace ReleaseRecipes.Dashboard.Pages;

/// <summary>Says why there is nothing to show.</summary>
static class ProblemPage
{
    public static Markup Show(ReleaseException problem, string version) =>
        Layout.Page(
            "The ledger cannot be read",
            version,
            Markup.Of(
                $"""
                <h1>The ledger cannot be read</h1>
                <p>{problem.What}</p>
                <p>{problem.Where}</p>
                <p>{problem.Todo}</p>
                """
            )
        );
}
