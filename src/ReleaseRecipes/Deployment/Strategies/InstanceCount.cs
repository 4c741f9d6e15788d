using System.Globalization;

namespace ReleaseRecipes.Deployment;

/// <summary>Numbers of instances as the strategy file writes them: <c>2</c> or <c>25%</c>.</summary>
static class InstanceCount
{
    /// <summary>The number that the text stands for.</summary>
    /// <exception cref="ReleaseException">It is neither a whole number nor a percentage.</exception>
    public static int Of(string text, int instances, bool roundUp)
    {
        var isShare = text.EndsWith('%');
        if (!int.TryParse(isShare ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new ReleaseException(
                $"'{text}' is no number of instances.",
                todo: "Write a whole number (2) or a percentage (25%).",
                exitCode: ExitCodes.WrongInput
            );
        }

        return isShare ? ((number * instances) + (roundUp ? 99 : 0)) / 100 : number;
    }
}
