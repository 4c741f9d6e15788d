using ReleaseRecipes.Deployment;

/// <summary>A place to deploy to: a shelf for each environment, where a card says which version is served.</summary>
sealed class ShelfTargetKind : ITargetKind
{
    public string Name => "shelf";

    public Task<IReadOnlyList<string>> MissingAsync(TargetPlace place, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<string>>(
            File.Exists(Path.Combine(place.Root, "menu.txt")) ? [] : ["menu.txt is missing: write down what is served"]
        );

    public ITarget Open(TargetPlace place) => new Shelf(Path.Combine(place.Root, "shelf", place.Environment.Name));

    /// <summary>Every call names an absolute state, so that doing it again changes nothing: that is what resuming needs.</summary>
    sealed class Shelf(string folder) : ITarget
    {
        string Card => Path.Combine(folder, "served");

        public Task<TargetState> ReadAsync(CancellationToken cancel)
        {
            Directory.CreateDirectory(folder);
            var served = File.Exists(Card) ? File.ReadAllText(Card) : null;
            return Task.FromResult(
                new TargetState(
                    [
                        .. Directory
                            .EnumerateDirectories(folder)
                            .Select(version => Path.GetFileName(version))
                            .Select(version => new RunningVersion(version, 1, 1, version == served ? 100 : 0)),
                    ],
                    Url: null
                )
            );
        }

        public Task InstallAsync(
            string version,
            Candidate? artifacts,
            int instances,
            IProgress<string> progress,
            CancellationToken cancel
        ) => Task.FromResult(Directory.CreateDirectory(Path.Combine(folder, version)));

        public Task ShiftAsync(IReadOnlyDictionary<string, int> weights, CancellationToken cancel) =>
            File.WriteAllTextAsync(Card, weights.SingleOrDefault(weight => weight.Value == 100).Key ?? "", cancel);

        public Task RetireAsync(string version, CancellationToken cancel)
        {
            if (Directory.Exists(Path.Combine(folder, version)))
            {
                Directory.Delete(Path.Combine(folder, version));
            }

            return Task.CompletedTask;
        }

        public Task<Uri?> PreviewAsync(string version, CancellationToken cancel) => Task.FromResult<Uri?>(null);
    }
}
