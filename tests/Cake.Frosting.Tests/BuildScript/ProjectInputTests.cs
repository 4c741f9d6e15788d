namespace Cake.Frosting.Tests.BuildScript;

/// <summary>What a build project takes from outside its folder counts as much as its own files.</summary>
[Platform(Exclude = "Win")]
public sealed class ProjectInputTests
{
    [Test]
    public void Referenced_projects_linked_files_and_imports_are_noticed()
    {
        using var consumer = new Consumer();
        consumer.Write(
            "build/Build.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="../eng/common.props" />
              <PropertyGroup>
                <OutputType>Exe</OutputType>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../lib/Lib.csproj" />
                <Compile Include="../shared/Linked.cs" />
              </ItemGroup>
            </Project>
            """
        );
        consumer.Write("eng/common.props", Common("net10.0"));
        consumer.Write("lib/Lib.csproj", """<Project Sdk="Microsoft.NET.Sdk"><Import Project="../eng/common.props" /></Project>""");
        consumer.Write("lib/Lib.cs", Constant("Lib", 1));
        consumer.Write("shared/Linked.cs", Constant("Linked", 1));
        consumer.Write("build/Program.cs", "System.Console.WriteLine($\"{Lib.Value} {Linked.Value}\");");

        var first = consumer.Build();
        consumer.Write("lib/Lib.cs", Constant("Lib", 2));
        var library = consumer.Build();
        consumer.Write("shared/Linked.cs", Constant("Linked", 2));
        var linked = consumer.Build();
        consumer.Write("eng/common.props", Common("net10.0;"));
        var imported = consumer.Build();

        Assert.That((first.Output, library.Output, linked.Output), Is.EqualTo(("1 1\n", "2 1\n", "2 2\n")), first.Error);
        Assert.That(imported.Compiled);
        Assert.That(consumer.Build().Compiled, Is.False);
    }

    static string Common(string framework) =>
        $"<Project><PropertyGroup><TargetFramework>{framework.TrimEnd(';')}</TargetFramework><Product>{framework}</Product></PropertyGroup></Project>";

    static string Constant(string name, int value) => $"public static class {name} {{ public static int Value => {value}; }}";
}
