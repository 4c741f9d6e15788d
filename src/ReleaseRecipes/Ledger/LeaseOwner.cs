using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Ledger;

/// <summary>Who takes leases.</summary>
/// <param name="Text">Person, machine and process, as the ledger keeps them and others read them.</param>
/// <param name="IsGone">Whether another owner certainly does not live any more; false where that cannot be known.</param>
public sealed partial record LeaseOwner(string Text, Func<string, bool> IsGone)
{
    /// <summary>Inside what has the same mark, a process's number means the same process.</summary>
    internal static readonly string Mark = PlaceDigest();

    static readonly string Place = $"{Environment.MachineName} ({Mark})";

    /// <summary>This process, on behalf of somebody.</summary>
    public static LeaseOwner Here(string actor) =>
        new($"{actor} on {Place}, process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}", IsGoneFromHere);

    static bool IsGoneFromHere(string owner) =>
        Pattern().Match(owner) is { Success: true } match
        && match.Groups["place"].Value == Place
        && int.TryParse(match.Groups["process"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && ProcessIdentity.Of(id) is null;

    /// <summary>Tells machines of one name, their boots and their containers apart: only inside one of them does a process's number mean anything.</summary>
    static string PlaceDigest()
    {
        var signs = new StringBuilder(Environment.MachineName);
        foreach (var file in new[] { "/etc/machine-id", "/proc/sys/kernel/random/boot_id" }.Where(File.Exists))
        {
            signs.Append('|').Append(File.ReadAllText(file).Trim());
        }

        signs.Append('|').Append(OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget : "");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(signs.ToString())))[..8];
    }

    [GeneratedRegex(@" on (?<place>\S+ \([0-9a-f]{8}\)), process (?<process>[0-9]{1,10})\z")]
    private static partial Regex Pattern();
}
