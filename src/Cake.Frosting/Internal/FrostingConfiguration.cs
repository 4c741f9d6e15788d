using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>Cake's settings: the build's own, then <c>cake.config</c>, the environment and the command line.</summary>
sealed class FrostingConfiguration(
    IEnumerable<FrostingConfigurationValue> values,
    IFileSystem files,
    ICakeEnvironment environment,
    CommandLine line
) : ICakeConfiguration
{
    readonly ICakeConfiguration settings = new CakeConfigurationProvider(files, environment).CreateConfiguration(
        environment.WorkingDirectory,
        Last(values.Select(value => KeyValuePair.Create(value.Key, value.Value))),
        Last(line.Arguments.Select(argument => KeyValuePair.Create(argument.Key, argument.Value ?? "")))
    );

    public string GetValue(string key) => settings.GetValue(key);

    static Dictionary<string, string> Last(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var last = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in pairs)
        {
            last[key] = value;
        }

        return last;
    }
}
