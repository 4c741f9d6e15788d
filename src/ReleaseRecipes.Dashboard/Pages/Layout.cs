namespace ReleaseRecipes.Dashboard.Pages;

/// <summary>What every page has around it.</summary>
static class Layout
{
    public static Markup Page(string title, string version, Markup content) =>
        Markup.Of(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="refresh" content="30">
            <title>{title}</title>
            <link rel="stylesheet" href="dashboard.css">
            </head>
            <body>
            <main>
            {content}
            </main>
            <footer><p>ReleaseRecipes dashboard {version}. This page renews itself every 30 seconds.</p></footer>
            </body>
            </html>

            """
        );
}
