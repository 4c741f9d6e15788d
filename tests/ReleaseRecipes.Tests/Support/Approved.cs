using System.Runtime.CompilerServices;

namespace ReleaseRecipes.Tests.Support;

/// <summary>Holds files of this repository that are made from its code: <c>APPROVE=1</c> writes them anew.</summary>
static class Approved
{
    /// <summary>Compares a file, relative to the repository's top, with what it has to be.</summary>
    public static void Text(string file, string expected)
    {
        var path = Path.Combine(Top(), file);
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected.ReplaceLineEndings("\n"));
        }

        var found = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.That(
            found,
            Is.EqualTo(expected.ReplaceLineEndings("\n")),
            $"{file} is not up to date: run the tests with APPROVE=1 and commit it."
        );
    }

    static string Top([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
