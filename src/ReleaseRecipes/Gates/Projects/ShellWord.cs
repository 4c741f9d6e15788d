using System.Text.RegularExpressions;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>Writes a file name so that the shell takes it as one word and nothing in it as its own.</summary>
static partial class ShellWord
{
    public static string Quote(string name)
    {
        var word = name.StartsWith('-') ? "./" + name : name;
        return Plain().IsMatch(word) ? word
            : OperatingSystem.IsWindows()
                ? $"\"{word.Replace("\"", "", StringComparison.Ordinal).Replace("%", "", StringComparison.Ordinal)}\""
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_./@+=:,-]+\z")]
    private static partial Regex Plain();
}
