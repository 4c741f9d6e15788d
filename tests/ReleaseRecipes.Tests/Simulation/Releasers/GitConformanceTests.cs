using System.Globalization;
using System.Text;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>The simulated git answers as the real one does; what the simulation proves would be worth nothing otherwise.</summary>
[Category("Slow")]
public sealed class GitConformanceTests
{
    const int Steps = 70;
    const string Ledger = "refs/heads/release-ledger";
    static readonly string[] Tags = ["v1", "v2"];
    static readonly string[] Refs =
    [
        "refs/heads/main",
        Ledger,
        "refs/release-recipes/pending/a",
        "refs/release-recipes/pending/b",
        "refs/tags/v1",
        "refs/tags/v2",
    ];
    static readonly string[] Files = ["CHANGELOG.md", "version.txt"];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task The_simulated_git_answers_as_the_real_one(int seed)
    {
        using var gits = new TwoGits();
        var dice = new Random(seed);
        for (var step = 1; step <= Steps; step++)
        {
            var clone = dice.Next(2);
            var (command, makes, input) = Next(dice, gits, clone, step);
            var answers =
                command[0] == "cat-file" && command[1] == "--batch"
                    ? await gits.FindAsync(clone, command[2])
                    : gits.Ask(clone, command, input);

            Assert.That(
                answers.Simulated,
                Is.EqualTo(answers.Real),
                $"step {step}, clone {clone}: git {string.Join(' ', command)}\n{input}"
            );
            if (makes is not null)
            {
                gits.Name(clone, makes);
            }
        }

        var refs = gits.Refs();
        Assert.That(refs.Simulated, Is.EqualTo(refs.Real));
    }

    static (string[] Command, string? Makes, string? Input) Next(Random dice, TwoGits gits, int clone, int step)
    {
        T Any<T>(params T[] from) => from[dice.Next(from.Length)];
        string Known() => $"#{dice.Next(gits.Objects) + 1}";
        string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        var (file, tag, name) = (Any(Files), Any(Tags), Any(Refs));
        var zero = new string('0', 40);
        switch (dice.Next(24))
        {
            case 0 or 1:
                gits.Write(clone, file, $"{dice.Next(4)}\n");
                return (["add", "--", file], null, null);
            case 2 or 3:
                // Only what differs is ever committed: that is asked first.
                return gits.Ask(clone, ["diff", "--quiet", "HEAD", "--", file]).Real.StartsWith("done", StringComparison.Ordinal)
                    ? (["diff", "--cached", "--quiet", "--", file], null, null)
                    : (["commit", "--quiet", "--no-verify", "-m", $"change {Text(step)}", "--only", "--", file], "refs/heads/main", null);
            case 4:
                return (["diff", "--cached", "--quiet", "--", file], null, null);
            case 5:
                return (
                    ["tag", "--annotate", "--cleanup=verbatim", "--file=-", "--", tag, "HEAD"],
                    $"refs/tags/{tag}",
                    $"tag {Text(step)}\n"
                );
            case 6:
                return (["rev-parse", "--verify", "--quiet", "--end-of-options", name + Any("", "^{commit}")], null, null);
            case 7:
                return Any<(string[], string?, string?)>(
                    (["rev-parse", "HEAD"], null, null),
                    (["cat-file", "-e", Known() + "^{commit}"], null, null),
                    (["log", "-1", "--format=%H%n%P%n%s", "HEAD"], null, null)
                );
            case 8 or 9:
                return (["merge-base", "--is-ancestor", Known(), Any(Known(), "HEAD")], null, null);
            case 10:
                return (["for-each-ref", "--format=%(committerdate:unix) %(refname)", "refs/release-recipes/pending/"], null, null);
            case 11:
                return Any<(string[], string?, string?)>(
                    (["status", "--porcelain", "-z", "--untracked-files=no", "--no-renames"], null, null),
                    (["status", "--porcelain", "-z", "--no-renames", "--", file], null, null),
                    (["ls-files", "-z", "--", .. Files], null, null),
                    (["checkout", "--quiet", "HEAD", "--", file], null, null)
                );
            case 12 or 13:
                name = Any(Refs[1..4]);
                return (["fast-import", "--quiet", "--done", "--date-format=raw"], name, Append(dice, name, Any(null, Known()), step));
            case 14:
                return (["update-ref", name, Known(), Any(Known(), zero)], null, null);
            case 15:
                return (["update-ref", "--stdin"], null, $"update {Ledger} {Known()} {Any(Known(), zero)}\ndelete {Refs[2]} {Known()}\n");
            case 16:
                return (["update-ref", "-d", Any(Refs[2..4])], null, null);
            case 17:
                return (
                    [
                        "fetch",
                        "--quiet",
                        "--no-tags",
                        "--no-write-fetch-head",
                        "--",
                        "origin",
                        Any(name, $"refs/tags/{tag}:refs/tags/{tag}"),
                    ],
                    null,
                    null
                );
            case 18:
                return (["ls-remote", "--", "origin", name, $"refs/tags/{tag}", $"refs/tags/{tag}^{{}}"], null, null);
            case 19 or 20:
                string[] how = ["push", "--porcelain", "--no-follow-tags", "--no-recurse-submodules", "--no-signed"];
                return (
                    [.. how, $"--force-with-lease={Ledger}:{Any("", Known())}", "--", "origin", $"{Any(Refs[..4])}:{Ledger}"],
                    null,
                    null
                );
            case 21:
                return (
                    [
                        "push",
                        "--atomic",
                        "--no-follow-tags",
                        "--no-verify",
                        "--porcelain",
                        "--",
                        "origin",
                        "HEAD:refs/heads/main",
                        $"refs/tags/{tag}:refs/tags/{tag}",
                    ],
                    null,
                    null
                );
            case 22:
                return (
                    [
                        "push",
                        "--no-follow-tags",
                        "--no-verify",
                        "--porcelain",
                        "--",
                        "origin",
                        Any("HEAD:refs/heads/main", $"refs/tags/{tag}:refs/tags/{tag}"),
                    ],
                    null,
                    null
                );
            default:
                return (["cat-file", "--batch", Any(Ledger, $"{Ledger}:head.json", $"{Known()}:releases/1/events.jsonl")], null, null);
        }
    }

    static string Append(Random dice, string name, string? parent, int step)
    {
        var text = new StringBuilder();
        void Data(string content) => text.Append(CultureInfo.InvariantCulture, $"data {Encoding.UTF8.GetByteCount(content)}\n{content}\n");
        text.Append(CultureInfo.InvariantCulture, $"commit {name}\ncommitter a <a@example.com> {step} +0000\n");
        Data($"append {step}\n");
        text.Append(parent is null ? "" : $"from {parent}\n");
        foreach (var path in new[] { "releases/1/events.jsonl", "head.json" })
        {
            text.Append(CultureInfo.InvariantCulture, $"M 100644 inline {path}\n");
            Data($"é {dice.Next(9)}\n");
        }

        return text.Append("done\n").ToString();
    }
}
