using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>The arguments as Cake's own command line library would hand them to whoever asks for it.</summary>
sealed class RemainingArguments(CommandLine line) : IRemainingArguments
{
    public ILookup<string, string?> Parsed { get; } = line.Arguments.ToLookup(argument => argument.Key, argument => argument.Value);

    public IReadOnlyList<string> Raw => line.Raw;
}
