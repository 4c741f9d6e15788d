using System.Text;
using ReleaseRecipes.Strategy.Contradictions;
using ReleaseRecipes.Strategy.Keys;
using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy;

/// <summary>Reads <c>release-strategy.yml</c>: everything is checked, and everything that is wrong is told at once.</summary>
public static class StrategyFile
{
    /// <summary>Where the file is looked for, at the repository's top.</summary>
    public const string DefaultName = "release-strategy.yml";

    const int LargestSize = 1024 * 1024;

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the file; where <paramref name="path"/> is null and the repository has none, the defaults stand in for it.</summary>
    /// <param name="path">The file that was asked for, absolute or relative to <paramref name="root"/>; null for the default.</param>
    /// <param name="root">The repository's top folder.</param>
    /// <param name="names">The names that the build registers beside the built-in ones.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="ReleaseException">The file is not there though it was asked for, or something in it is wrong.</exception>
    public static async Task<ReleaseStrategy> ReadAsync(
        string? path,
        string root,
        KnownNames? names = null,
        CancellationToken cancel = default
    )
    {
        var file = Path.Combine(root, path ?? DefaultName);
        if (!File.Exists(file))
        {
            return path is null ? WithoutFile(root) : throw NotThere(path, root);
        }

        try
        {
            return Read(await BytesAsync(file, cancel), path ?? DefaultName, names) with { Path = Path.GetFullPath(file) };
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ReleaseException(
                $"The strategy file cannot be read: {problem.Message}",
                file,
                exitCode: ExitCodes.WrongInput,
                inner: problem
            );
        }
    }

    /// <summary>Reads a strategy from text.</summary>
    /// <exception cref="ReleaseException">Something in it is wrong; every problem is in the message.</exception>
    public static ReleaseStrategy Read(string text, string fileName, KnownNames? names = null) =>
        Read(Encoding.UTF8.GetBytes(text), fileName, names);

    /// <summary>Reads a strategy from the bytes of a file.</summary>
    /// <exception cref="ReleaseException">Something in it is wrong; every problem is in the message.</exception>
    public static ReleaseStrategy Read(byte[] bytes, string fileName, KnownNames? names = null)
    {
        var reading = new StrategyReading(fileName, names ?? KnownNames.BuiltIn);
        var strategy = StrategyDefaults.WithoutFile;
        if (Text(bytes, reading) is { } text && new YamlTree(text, reading).Read() is { } tree && Inside(tree, reading) is { } content)
        {
            strategy = StrategyKeys.Section.Read(content, StrategyKeys.Top, reading, strategy);
            Contradiction.ReportAll(strategy, reading);
        }

        reading.Check();
        return strategy with { Path = fileName, Bytes = bytes, Places = reading.Places };
    }

    /// <summary>Where the file is below the repository's top, as git names it.</summary>
    public static string InRepository(string? path, string root) =>
        (path is null ? DefaultName : Path.GetRelativePath(root, Path.GetFullPath(path, root))).Replace('\\', '/');

    /// <summary>What the strategy lacks to deploy to its environments. Reading lets it pass, so that a plan can show it; deploying refuses it.</summary>
    public static IReadOnlyList<StrategyGap> WhatIsMissing(ReleaseStrategy strategy) =>
        [.. strategy.Environments.SelectMany(environment => StrategyGap.Of(environment, strategy.Application))];

    static YamlNode? Inside(YamlNode tree, StrategyReading reading)
    {
        if (tree is not YamlMap { Entries: var entries })
        {
            reading.Report(
                "",
                tree.Place,
                $"{tree.Kind} stands where {StrategyKeys.Top}: is called for",
                $"Begin the file with {StrategyKeys.Top}:"
            );
            return null;
        }

        YamlEntry? content = null;
        foreach (var entry in entries)
        {
            if (entry.Key.Text != StrategyKeys.Top)
            {
                reading.Report(
                    entry.Key.Text,
                    entry.Key.Place,
                    $"{StrategyReading.Show(entry.Key.Text)} is no key here",
                    $"Everything stands under {StrategyKeys.Top}:, indented."
                );
            }
            else if (content is not null)
            {
                reading.Report(StrategyKeys.Top, entry.Key.Place, $"{StrategyKeys.Top} is there twice", "Keep one.");
            }

            content ??= entry.Key.Text == StrategyKeys.Top ? entry : null;
        }

        if (content is null)
        {
            reading.Report(StrategyKeys.Top, tree.Place, $"{StrategyKeys.Top} is missing", $"Begin the file with {StrategyKeys.Top}:");
            return null;
        }

        reading.Found(StrategyKeys.Top, content.Key.Place);
        return content.Value;
    }

    static string? Text(byte[] bytes, StrategyReading reading)
    {
        if (bytes.Length > LargestSize)
        {
            reading.Report("", new Place(1, 1), "the file is larger than 1 MiB", "No strategy needs that much.");
            return null;
        }

        try
        {
            var text = StrictUtf8.GetString(bytes).TrimStart('\uFEFF');
            var control = text.AsSpan().IndexOfAnyInRange('\0', '\b');
            if (control < 0)
            {
                return text;
            }

            reading.Report("", At(text[..control]), "there is a control character", "Remove it.");
        }
        catch (DecoderFallbackException problem)
        {
            reading.Report("", At(Encoding.Latin1.GetString(bytes, 0, problem.Index)), "this is no UTF-8", "Save the file as UTF-8.");
        }

        return null;
    }

    static Place At(string before) => new(before.Count(character => character == '\n') + 1, before.Length - before.LastIndexOf('\n'));

    static async Task<byte[]> BytesAsync(string file, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(file);
        var bytes = new byte[LargestSize + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return bytes[..length];
    }

    static ReleaseStrategy WithoutFile(string root) =>
        File.Exists(Path.Combine(root, "release-strategy.yaml"))
            ? throw new ReleaseException(
                "There is a release-strategy.yaml, which is not read.",
                root,
                $"Rename it to {DefaultName}, or name it with --strategy=release-strategy.yaml.",
                ExitCodes.WrongInput
            )
            : StrategyDefaults.WithoutFile;

    static ReleaseException NotThere(string path, string root) =>
        new(
            $"The strategy file '{path}' is not there.",
            root,
            "Check --strategy=PATH, or write one with --target=Init.",
            ExitCodes.WrongInput
        );
}
