using System.Globalization;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes;

/// <summary>The command line, checked before anything runs. Follows Cake's own way: <c>--name=value</c>, <c>--name value</c>, <c>--switch</c>.</summary>
public sealed record CommandLine(IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    static readonly string[] Types = ["auto", "major", "minor", "patch", "prerelease", "hotfix"];

    static readonly string[] Switches =
    [
        "push",
        "no-push",
        "allow-dirty",
        "all",
        "exclusive",
        "dryrun",
        "tree",
        "description",
        "override",
        "revoke",
        "help",
        "version",
        "info",
    ];

    static readonly string[] Valued =
    [
        "target",
        "type",
        "ci",
        "release-version",
        "environment",
        "gate",
        "component",
        "approve",
        "reason",
        "since",
        "until",
        "output",
        "strategy",
        "json",
        "last",
        "working",
        "verbosity",
    ];

    /// <summary>The target; null where none is named.</summary>
    public string? Target => One("target");

    /// <summary>Reads the arguments.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < arguments.Count; index++)
        {
            if (Name(arguments[index]) is not { } name)
            {
                continue;
            }

            var equals = name.IndexOf('=', StringComparison.Ordinal);
            var value = equals >= 0 ? name[(equals + 1)..] : "";
            name = equals >= 0 ? name[..equals] : name;
            if (
                equals < 0
                && !Switches.Contains(Long(name), StringComparer.OrdinalIgnoreCase)
                && index + 1 < arguments.Count
                && Name(arguments[index + 1]) is null
            )
            {
                value = arguments[++index];
            }

            values[Long(name)] = values.TryGetValue(Long(name), out var earlier) ? [.. earlier, value] : [value];
        }

        return new CommandLine(values);
    }

    /// <summary>The options, each checked.</summary>
    /// <exception cref="ReleaseException">An argument is misspelt or has a value that is not allowed.</exception>
    public ReleaseOptions Options(string folder, string command, bool pushByDefault, string target = "Plan")
    {
        foreach (var name in Values.Keys)
        {
            RefuseMisspelt(name);
        }

        if (Flag("all") && !target.Equals("Changelog", StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong(
                $"--all does not go with --target={target}.",
                "It asks for the changelog of the whole history: --target=Changelog --all"
            );
        }

        if (Flag("override") && string.IsNullOrWhiteSpace(One("reason")))
        {
            throw Wrong("--override needs a reason.", "Add --reason=…: it goes into the record, the release notes and the audit.");
        }

        if (Flag("revoke") && !target.Equals("Approve", StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong($"--revoke does not go with --target={target}.", "Write --target=Approve --revoke --environment=NAME");
        }

        var types = target.Equals("Init", StringComparison.OrdinalIgnoreCase) ? InitFiles.Types : Types;
        return new ReleaseOptions
        {
            Type = OneOf("type", types) ?? types[0],
            Server = OneOf("ci", InitFiles.Servers),
            ReleaseVersion = One("release-version"),
            Environment = One("environment"),
            Gate = One("gate"),
            Components = Listed("component"),
            Approve = Listed("approve"),
            Reason = One("reason"),
            All = Flag("all"),
            Output = One("output"),
            Strategy = One("strategy"),
            Push = Flag("push") || (pushByDefault && !Flag("no-push")),
            Override = Flag("override"),
            Revoke = Flag("revoke"),
            Since = Time("since"),
            Until = Time("until"),
            Target = target,
            AllowDirty = Flag("allow-dirty"),
            Json = One("json"),
            Last = Number("last"),
            Exclusive = Flag("exclusive"),
            Folder = folder,
            Command = command,
        };
    }

    /// <summary>Whether a switch is on.</summary>
    public bool Flag(string name) =>
        Values.TryGetValue(name, out var values) && !string.Equals(values[^1], "false", StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of an argument; the last one where it is repeated.</summary>
    public string? One(string name) =>
        Many(name) is { Count: > 0 } values
            ? values[^1] is { Length: > 0 } value
                ? value
                : throw Wrong($"--{name} needs a value.", $"Write --{name}=…")
            : null;

    IReadOnlyList<string> Listed(string name) =>
        [.. Many(name).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    IReadOnlyList<string> Many(string name) => Values.GetValueOrDefault(name) ?? [];

    string? OneOf(string name, string[] allowed) =>
        One(name) is not { } value ? null
        : allowed.Contains(value, StringComparer.OrdinalIgnoreCase) ? value.ToLowerInvariant()
        : throw Wrong($"--{name}={value} is not known.", Suggestion.For(value, allowed) + $"Allowed: {string.Join(", ", allowed)}.");

    int? Number(string name) =>
        One(name) is not { } value ? null
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw Wrong($"--{name}={value} is no number above 0.", $"Write for example --{name}=20.");

    // Without a zone it is UTC, as every time in the record is: the same period on every machine.
    DateTimeOffset? Time(string name) =>
        One(name) is not { } value ? null
        : DateTimeOffset.TryParseExact(
            value,
            ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
        : throw Wrong($"--{name}={value} is no time.", $"Write --{name}=2026-01-31 or --{name}=2026-01-31T12:00:00Z.");

    static void RefuseMisspelt(string name)
    {
        string[] known = [.. Switches, .. Valued];
        if (!known.Contains(name, StringComparer.OrdinalIgnoreCase) && Suggestion.Nearest(name, known) is { } meant)
        {
            throw Wrong($"The argument --{name} is not known.", $"Did you mean --{meant}?");
        }
    }

    static ReleaseException Wrong(string what, string todo) => new(what, todo: todo, exitCode: ExitCodes.WrongInput);

    static string? Name(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..]
        : argument.Length > 1 && argument[0] == '-' && char.IsAsciiLetter(argument[1]) ? argument[1..]
        : null;

    static string Long(string name) =>
        name switch
        {
            "t" => "target",
            "w" => "working",
            "v" => "verbosity",
            "e" => "exclusive",
            "h" => "help",
            _ => name,
        };
}
