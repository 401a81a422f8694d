using System.Reflection;
using System.Text.Json.Serialization;

namespace Handoff.Domain.Access;

/// <summary>
/// What somebody may do. Each slice declares its own, in its <c>&lt;Noun&gt;Permissions.cs</c>, as members of this type; all of them are
/// found from there. Which role may do what is each facility's own scope of practice.
/// </summary>
[JsonConverter(typeof(PermissionJson))]
public sealed class Permission
{
    private static readonly Lazy<IReadOnlyDictionary<string, Permission>> Declared = new(() =>
        Find().OrderBy(may => may.About, StringComparer.Ordinal).ToDictionary(may => may.Name)
    );

    /// <param name="usual">The roles that have it until a facility says otherwise.</param>
    internal Permission(string about, string name, string says, IReadOnlyList<Role> usual) =>
        (About, Name, Says, Usual) = (about, name, says, usual);

    /// <summary>Every permission; those about the same stand together, in the order in which they are declared.</summary>
    public static IReadOnlyCollection<Permission> All => [.. Declared.Value.Values];

    /// <summary>What it is about, as a heading.</summary>
    public string About { get; }

    /// <summary>Under this name it is stored and sent; it is for ever.</summary>
    public string Name { get; }

    /// <summary>What it lets people do, in plain words.</summary>
    public string Says { get; }

    /// <summary>
    /// The roles that have it until a facility says otherwise: anyone on the floor may raise an observation level in an emergency, only a
    /// prescriber lowers one; a display sees no names.
    /// </summary>
    public IReadOnlyList<Role> Usual { get; }

    /// <returns>Null if there is none of this name.</returns>
    public static Permission? Named(string name) => Declared.Value.GetValueOrDefault(name);

    public override string ToString() => Name;

    private static IEnumerable<Permission> Find() =>
        from type in typeof(Permission).Assembly.GetTypes()
        where type is { IsAbstract: true, IsSealed: true } && type.Namespace == typeof(Permission).Namespace
        orderby type.Name
        from field in type.GetFields(BindingFlags.Static | BindingFlags.NonPublic)
        where field.FieldType == typeof(Permission)
        orderby type.Name, field.MetadataToken
        select (Permission)field.GetValue(null)!;
}
