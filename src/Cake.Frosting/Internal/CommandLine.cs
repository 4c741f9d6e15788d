using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>What Cake itself takes from the command line, and the arguments that are left for the tasks.</summary>
sealed record CommandLine
{
    public IReadOnlyList<string> Targets { get; init; } = [];

    public DirectoryPath? WorkingDirectory { get; init; }

    public Verbosity Verbosity { get; init; } = Verbosity.Normal;

    public bool Description { get; init; }

    public bool Tree { get; init; }

    public bool DryRun { get; init; }

    public bool Exclusive { get; init; }

    public bool Version { get; init; }

    public bool Info { get; init; }

    public bool Help { get; init; }

    /// <summary>Name (without dashes) and value, in the order of the command line; a flag has no value.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Arguments { get; init; } = [];

    /// <summary>Everything after <c>--</c>, untouched.</summary>
    public IReadOnlyList<string> Raw { get; init; } = [];
}
