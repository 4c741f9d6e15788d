using System.Reflection;
using System.Runtime.CompilerServices;

namespace Cake.Frosting.Tests.Support;

/// <summary>An assembly's public types and members as sorted text: what compiles and links against it.</summary>
static class PublicSurface
{
    const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) => Of(assembly.GetExportedTypes());

    public static string Of(IEnumerable<Type> types) =>
        string.Join('\n', types.OrderBy(Name, StringComparer.Ordinal).SelectMany(type => (string[])[Header(type), .. Body(type)]));

    static string Header(Type type)
    {
        var kind =
            type.IsInterface ? "interface"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        string[] bases =
        [
            .. type.BaseType is { } parent && parent != typeof(object) ? [Name(parent)] : Array.Empty<string>(),
            .. type.GetInterfaces().Where(Counts).Select(Name).Order(StringComparer.Ordinal),
        ];
        return $"{kind} {Name(type)}" + (bases.Length > 0 ? $" : {string.Join(", ", bases)}" : "");
    }

    static bool Counts(Type contract) => contract.Name != "_Attribute";

    static IEnumerable<string> Body(Type type)
    {
        foreach (var parameter in type.GetGenericArguments())
        {
            var constraints = parameter.GetGenericParameterConstraints().Select(Name);
            yield return $"    where {parameter.Name} : {string.Join(", ", constraints)} [{parameter.GenericParameterAttributes}]";
        }

        if (type.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType == typeof(AttributeUsageAttribute)) is { } usage)
        {
            yield return $"    {usage}";
        }

        var members = type.GetMembers(Declared).Select(Member).OfType<string>();
        foreach (var line in members.Order(StringComparer.Ordinal))
        {
            yield return $"    {line}";
        }
    }

    static string? Member(MemberInfo member) =>
        member switch
        {
            ConstructorInfo { IsPublic: true } made => $"public ctor({Parameters(made)})",
            ConstructorInfo { IsFamily: true } made => $"protected ctor({Parameters(made)})",
            PropertyInfo { GetMethod.IsPublic: true } property => $"public {Name(property.PropertyType)} {property.Name} {{ get; }}",
            MethodInfo { IsPublic: true, IsSpecialName: false } method => Method(method),
            _ => null,
        };

    static string Method(MethodInfo method)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "[extension] " : "";
        var kind =
            method.IsStatic ? "static "
            : method.DeclaringType!.IsInterface || !method.IsVirtual || method.IsFinal ? ""
            : method.IsAbstract ? "abstract "
            : "virtual ";
        return $"{extension}public {kind}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)})";
    }

    static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Constrained))}>" : "";

    static string Constrained(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        string[] constraints =
        [
            .. parameter.GetGenericParameterConstraints().Select(Name),
            .. attributes == GenericParameterAttributes.None ? Array.Empty<string>() : [attributes.ToString()],
        ];
        return $"{parameter.Name} : {string.Join(" & ", constraints)}";
    }

    static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    static string Name(Type type) =>
        type.IsGenericParameter ? type.Name
        : type.IsGenericType ? $"{type.Namespace}.{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.FullName!;
}
