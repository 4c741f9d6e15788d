namespace ReleaseRecipes.Dashboard.Pages;

/// <summary>A state in words, and in a colour for those who see it.</summary>
static class Badge
{
    public static Markup Of(string state) =>
        Markup.Of(
            $"""<span class="badge {state switch
            {
                "released" or "idle" or "ready" => "good",
                "failed" or "rolled_back" => "bad",
                "paused" or "rolling_out" or "draft" => "busy",
                _ => "plain",
            }}">{(state == "idle" ? "steady" : state.Replace('_', ' '))}</span>"""
        );
}
