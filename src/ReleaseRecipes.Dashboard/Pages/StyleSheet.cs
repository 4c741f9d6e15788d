namespace ReleaseRecipes.Dashboard.Pages;

/// <summary>The style sheet, which is part of the program.</summary>
static class StyleSheet
{
    public static string Text { get; } = Read();

    static string Read()
    {
        using var reader = new StreamReader(typeof(StyleSheet).Assembly.GetManifestResourceStream("dashboard.css")!);
        return reader.ReadToEnd();
    }
}
