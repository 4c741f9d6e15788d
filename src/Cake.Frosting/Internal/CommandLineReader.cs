using Cake.Cli;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>
/// Reads Cake's documented switches. Cake itself leaves this to a framework that finds its options by reflection,
/// which alone takes longer than many a task.
/// </summary>
sealed class CommandLineReader
{
    readonly List<string> targets = [];
    readonly List<KeyValuePair<string, string?>> arguments = [];
    CommandLine line = new();

    public static CommandLine Read(IReadOnlyList<string> args)
    {
        var reader = new CommandLineReader();
        var own = args.TakeWhile(arg => arg != "--").ToList();
        var rest = args.Skip(own.Count + 1).ToList();
        Walk(own, reader.Take);
        Walk(rest, (name, value, _) => reader.Keep(name, value()));
        return reader.line with
        {
            Targets = reader.targets.Count > 0 ? reader.targets : ["Default"],
            Arguments = reader.arguments,
            Raw = rest,
        };
    }

    /// <summary>Hands each option to <paramref name="take"/> with a way to get its value: after "=" or ":", or the word that follows.</summary>
    static void Walk(List<string> args, Action<string, Func<string?>, bool> take)
    {
        for (var at = 0; at < args.Count; at++)
        {
            var arg = args[at];
            if (!IsOption(arg))
            {
                throw new CakeException($"'{arg}' is not an option. Targets are named with --target={arg}; see --help.");
            }

            var split = arg.IndexOfAny(['=', ':']);
            var name = split < 0 ? arg : arg[..split];
            var next = at + 1 < args.Count && !IsOption(args[at + 1]) ? args[at + 1] : null;
            take(name, () => split >= 0 ? arg[(split + 1)..] : Following(), split < 0 && !IsTruth(next));

            string? Following()
            {
                at += next is null ? 0 : 1;
                return next;
            }
        }
    }

    // "-" is a value (standard output), and so is a negative number.
    static bool IsOption(string arg) => arg.Length > 1 && arg[0] == '-' && !char.IsAsciiDigit(arg[1]);

    static bool IsTruth(string? word) => bool.TryParse(word, out _);

    void Take(string name, Func<string?> value, bool bare)
    {
        bool On() => bare || Truth(name, value());
        string Needed() => value() ?? throw new CakeException($"{name} needs a value; see --help.");

        switch (name.StartsWith("--", StringComparison.Ordinal) ? name.ToLowerInvariant() : name)
        {
            case "--target" or "-t":
                targets.Add(Needed());
                break;
            case "--working" or "-w":
                line = line with { WorkingDirectory = new DirectoryPath(Needed()) };
                break;
            case "--verbosity" or "-v":
                line = line with { Verbosity = (Verbosity)new VerbosityConverter().ConvertFromInvariantString(Needed())! };
                break;
            case "--description" or "--descriptions" or "--showdescription" or "--showdescriptions":
                line = line with { Description = On() };
                break;
            case "--tree" or "--showtree":
                line = line with { Tree = On() };
                break;
            case "--dryrun" or "--noop" or "--whatif":
                line = line with { DryRun = On() };
                break;
            case "--exclusive" or "-e":
                line = line with { Exclusive = On() };
                break;
            case "--version" or "--ver":
                line = line with { Version = On() };
                break;
            case "--info":
                line = line with { Info = On() };
                break;
            case "--help" or "-h" or "-?":
                line = line with { Help = On() };
                break;
            default:
                Keep(name, value());
                break;
        }
    }

    void Keep(string name, string? value) => arguments.Add(new(name.TrimStart('-'), value));

    static bool Truth(string name, string? word) =>
        bool.TryParse(word, out var truth) ? truth : throw new CakeException($"{name} is a switch: it takes true or false, not '{word}'.");
}
