using ReleaseRecipes.Notifications;

/// <summary>Writes what happens into a notebook. It may fail: a release never does because nobody could be told.</summary>
sealed class NotebookNotifier : INotifier
{
    public string Name => "notebook";

    public Task TellAsync(ReleaseNews news, CancellationToken cancel) =>
        File.AppendAllTextAsync("notebook.txt", $"{news.Headline}\n", cancel);
}
