using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Handoff.Api.Contract;

/// <summary>What the docstrings of the code say, read from the XML files that the compiler writes beside the assemblies.</summary>
internal static partial class Docstrings
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Files = new();

    /// <summary>What a type is; null where nobody has said.</summary>
    public static string? DocstringOf(Type type) => Words(Member(type.Assembly, "T:" + Name(type))?.Element("summary"));

    /// <summary>What a property means: its own docstring, or the one of the record's parameter that it comes from.</summary>
    public static string? DocstringOf(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        return Words(Member(type.Assembly, $"P:{Name(type)}.{property.Name}")?.Element("summary"))
            ?? Words(
                Member(type.Assembly, "T:" + Name(type))
                    ?.Elements("param")
                    .FirstOrDefault(parameter => (string?)parameter.Attribute("name") == property.Name)
            );
    }

    /// <summary>What one word of an enumeration means.</summary>
    public static string? DocstringOf(Enum word) =>
        Words(Member(word.GetType().Assembly, $"F:{Name(word.GetType())}.{word}")?.Element("summary"));

    /// <summary>What a method does, or what it is given or returns.</summary>
    /// <param name="part">The element: <c>summary</c>, <c>returns</c> or <c>exception</c>.</param>
    public static string? DocstringOf(MethodInfo method, string part = "summary") => Words(Method(method)?.Element(part));

    /// <summary>What a method's parameter means.</summary>
    public static string? DocstringOf(MethodInfo method, string parameter, string part) =>
        Words(Method(method)?.Elements(part).FirstOrDefault(one => (string?)one.Attribute("name") == parameter));

    /// <summary>The first sentence of a text, without its full stop, and the whole of it.</summary>
    public static string Head(string text) => SentenceEnd().Split(text, 2)[0].TrimEnd('.');

    private static XElement? Method(MethodInfo method) =>
        File(method.Module.Assembly)
            .FirstOrDefault(member => member.Key.Split('(')[0] == $"M:{Name(method.DeclaringType!)}.{method.Name}")
            .Value;

    private static XElement? Member(Assembly assembly, string id) => File(assembly).GetValueOrDefault(id);

    private static IReadOnlyDictionary<string, XElement> File(Assembly assembly) => Files.GetOrAdd(assembly, Read);

    private static IReadOnlyDictionary<string, XElement> Read(Assembly assembly)
    {
        var path = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        return System.IO.File.Exists(path)
            ? XDocument
                .Load(path)
                .Descendants("member")
                .DistinctBy(one => (string)one.Attribute("name")!)
                .ToDictionary(one => (string)one.Attribute("name")!)
            : new Dictionary<string, XElement>();
    }

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Words(XElement? element) =>
        element is null ? null
        : Spaces().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim() is { Length: > 0 } words ? words
        : null;

    private static string Text(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "paramref" or "typeparamref" } parameter => Small((string?)parameter.Attribute("name") ?? ""),
            XElement { Name.LocalName: "see" or "seealso" } see => Named(
                (string?)see.Attribute("cref") ?? (string?)see.Attribute("langword") ?? see.Value
            ),
            XElement other => string.Concat(other.Nodes().Select(Text)),
            _ => "",
        };

    private static string Named(string reference) => reference.Split('(')[0].Split('.', ':')[^1];

    private static string Small(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<=[.!?])\s+(?=[A-Z“`])|(?<=[a-z]):\s+(?=[A-Z]{2})", RegexOptions.None, 1000)]
    private static partial Regex SentenceEnd();
}
