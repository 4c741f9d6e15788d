namespace Cake.Frosting.Tests.BuildScript;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
[Platform(Exclude = "Win")]
public sealed class MissingSdkTests
{
    [Test]
    public void Without_an_SDK_one_sentence_says_what_to_install()
    {
        using var consumer = new Consumer();

        var ran = consumer.BuildWith(Only(consumer));

        Assert.That((ran.ExitCode, ran.Output), Is.EqualTo((1, "")));
        Assert.That(ran.Error, Does.StartWith("The .NET SDK 10 is missing: install it from https://").And.EndsWith("again.\n"));
    }

    [Test]
    public void An_SDK_that_is_too_old_is_named()
    {
        using var consumer = new Consumer();
        var environment = Only(consumer);
        consumer.Write("tools/dotnet", "#!/bin/sh\necho 8.0.404\n");
        File.SetUnixFileMode(Path.Combine(consumer.Root, "tools/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var ran = consumer.BuildWith(environment);

        Assert.That((ran.ExitCode, ran.Output), Is.EqualTo((1, "")));
        Assert.That(ran.Error, Does.Contain("The .NET SDK 10 is needed, and the newest here is 8.0.404"));
    }

    /// <summary>A machine on which nothing but git and the usual small programs is installed.</summary>
    static Dictionary<string, string?> Only(Consumer consumer)
    {
        var tools = Path.Combine(consumer.Root, "tools");
        Directory.CreateDirectory(tools);
        foreach (var name in new[] { "git", "find", "sort", "sed", "grep", "head", "mkdir", "rm", "flock" })
        {
            var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, name));
            if (program.FirstOrDefault(File.Exists) is { } found)
            {
                File.CreateSymbolicLink(Path.Combine(tools, name), found);
            }
        }

        return new()
        {
            ["PATH"] = tools,
            ["HOME"] = consumer.Root,
            ["DOTNET_ROOT"] = null,
        };
    }
}
