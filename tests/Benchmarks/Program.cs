using Benchmarks;
using ReleaseRecipes;

// Ratios, taken in one run on one machine: seconds alone say nothing elsewhere. docs/speed.md tells what they mean.
//   dotnet run -c Release --project tests/Benchmarks                 synthetic histories of 1,000 and 1,000,000 commits
//   dotnet run -c Release --project tests/Benchmarks -- DIR          the whole changelog of a real repository
//   dotnet run -c Release --project tests/Benchmarks -- ledger       a ledger of 10,000 releases beside an empty one
//   dotnet run -c Release --project tests/Benchmarks -- peers DIR    the same beside other tools, which npm installs
return args switch
{
    ["version", var folder] => await Measured.VersionAsync(folder),
    ["changelog", var folder] => await Measured.ChangelogAsync(folder),
    ["status", var folder] => ReleaseRecipe.Run(["--target=Status", $"--working={folder}"]),
    ["audit", var folder] => ReleaseRecipe.Run(["--target=Audit", $"--working={folder}"]),
    ["append", var folder] => await Measured.AppendAsync(folder),
    ["ledger"] => await LedgerRatios.RunAsync(),
    ["peers", var folder] => await Peers.BesideAsync(folder),
    [var folder] => await Ratios.OfRepositoryAsync(folder),
    _ => await Ratios.OfSyntheticAsync(),
};
