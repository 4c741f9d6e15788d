using System.Text;

namespace ReleaseRecipes.Deployment.Local.Protocol;

/// <summary>The files of one local environment: <c>release-recipes/local/&lt;environment&gt;/</c> in the git directory, readable by its owner alone.</summary>
/// <param name="path">The folder.</param>
sealed class EnvironmentFolder(string path)
{
    public string Path => path;

    /// <summary>What is to run, as last commanded. What a restarted gateway starts from.</summary>
    public string State => In("state.json");

    /// <summary>Which process is the gateway right now, and where it takes commands.</summary>
    public string Gateway => In("gateway.json");

    /// <summary>Which process is the watchdog right now.</summary>
    public string Watchdog => In("watchdog.json");

    /// <summary>What every command must carry.</summary>
    public string Token => In("token");

    /// <summary>There while nothing is to run: neither gateway nor watchdog brings the other back.</summary>
    public string Down => In("down");

    /// <summary>The program files that the watchdog starts the gateway from.</summary>
    public string Program => In("program");

    public string GatewayLock => In("gateway.lock");

    public string WatchdogLock => In("watchdog.lock");

    public string GatewayLog => In("logs/gateway.log");

    public string Slots => In("slots");

    /// <summary>One file for each instance that was started, by which a restarted gateway finds it.</summary>
    public string Processes => In("processes");

    /// <summary>The log of one instance, kept across its restarts.</summary>
    public string LogOf(string version, int ordinal) => In($"logs/{FileName(version)}.{ordinal}.log");

    public string SlotsOf(string version) => System.IO.Path.Combine(Slots, FileName(version));

    /// <summary>The folder of an environment in a git directory.</summary>
    public static EnvironmentFolder Of(string gitDirectory, string environment) =>
        new(System.IO.Path.Combine(RootOf(gitDirectory), FileName(environment)));

    /// <summary>Where all local environments of a repository are kept.</summary>
    public static string RootOf(string gitDirectory) => System.IO.Path.Combine(gitDirectory, "release-recipes", "local");

    /// <summary>Makes the folders.</summary>
    public void Create()
    {
        foreach (var folder in (string[])[path, In("logs"), Slots, Processes])
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    /// <summary>A name from outside as the name of one file: it cannot lead elsewhere, and two names never become one.</summary>
    public static string FileName(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(name))
        {
            var letter = (char)octet;
            // A dot first would hide the file or lead upwards.
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_' || (letter == '.' && safe.Length > 0))
            {
                safe.Append(letter);
            }
            else
            {
                safe.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return safe.ToString();
    }

    /// <summary>The name that <see cref="FileName"/> was made from.</summary>
    public static string NameOf(string fileName) => Uri.UnescapeDataString(fileName);

    string In(string name) => System.IO.Path.Combine(path, name);
}
