using System.Reflection;
using Cake.Frosting;
using Cake.Frosting.Tests.Support;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Notifications;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests;

/// <summary>The names that builds are compiled against, which change only with a major version: what a build calls, implements, or gets from either.</summary>
public sealed class PublicApiTests
{
    static readonly Assembly Recipe = typeof(ReleaseRecipe).Assembly;

    static readonly Type[] Entries =
    [
        typeof(ReleaseRecipe),
        typeof(ReleaseScript),
        typeof(ReleaseException),
        typeof(ExitCodes),
        typeof(IGate),
        typeof(INotifier),
        typeof(IMetricSourceKind),
        typeof(ITargetKind),
        typeof(IDeploymentStrategy),
        typeof(INotesStyle),
        .. Recipe.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(Move)) || type.IsAssignableTo(typeof(IFrostingTask))),
    ];

    // Their members are promised, and not what everything behind these is made of.
    static readonly Type[] Doors = [typeof(ReleaseStart), typeof(ReleaseSession), typeof(ReleaseRun)];

    // What the compiler gives to every record.
    static readonly string[] OfEveryRecord =
    [
        "<Clone>$",
        "Equals(",
        "GetHashCode(",
        "PrintMembers(",
        "op_Equality(",
        "op_Inequality(",
        "Deconstruct(",
        "ToString(",
        "EqualityContract",
    ];

    [Test]
    public void The_names_that_builds_use_are_those_of_the_approved_file()
    {
        var surface = PublicSurface
            .Of(Promised())
            .Split('\n')
            .Where(line => !OfEveryRecord.Any(member => line.Contains(member, StringComparison.Ordinal)));

        Approved.Text("docs/api.txt", string.Join('\n', surface) + "\n");
    }

    static IEnumerable<Type> Promised()
    {
        var found = new HashSet<Type>();
        var next = new Queue<Type>(Entries);
        while (next.TryDequeue(out var type))
        {
            if (type.Assembly != Recipe || !type.IsVisible || !found.Add(type))
            {
                continue;
            }

            foreach (var named in Doors.Contains(type) || type.IsAssignableTo(typeof(IFrostingTask)) ? [] : Named(type).SelectMany(Parts))
            {
                next.Enqueue(named);
            }
        }

        return found;
    }

    /// <summary>The types that a type's own members name.</summary>
    static IEnumerable<Type> Named(Type type) =>
        [
            .. type.GetInterfaces(),
            type.BaseType ?? typeof(object),
            .. type.GetProperties().Select(property => property.PropertyType),
            .. type.GetMethods()
                .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)),
            .. type.GetConstructors().SelectMany(made => made.GetParameters().Select(parameter => parameter.ParameterType)),
        ];

    static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsConstructedGenericType ? type.GenericTypeArguments.SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : [type];
}
