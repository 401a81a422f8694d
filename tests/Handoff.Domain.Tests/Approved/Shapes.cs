using System.Reflection;
using System.Text;
using System.Text.Json;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Tests.Approved;

/// <summary>Types as they are stored: each JSON property with its type, each enum with its words.</summary>
internal static class Shapes
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Stored(EventTypeRegistry names)
    {
        var types = names
            .Events.OrderBy(e => e.Key, StringComparer.Ordinal)
            .Select(e => ("event", e.Key, e.Value))
            .Concat(names.States.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => ("state", s.Key, s.Value.GetType())))
            .ToList();
        var parts = Reached(types.Select(t => t.Item3).Append(typeof(EventEnvelope)))
            .Where(t => t != typeof(Event))
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .ToList();
        var text = new StringBuilder();
        types.ForEach(t => Describe(text, $"{t.Item1} {t.Key}", t.Item3));
        parts.Where(t => !t.IsEnum).ToList().ForEach(t => Describe(text, "part " + t.Name, t));
        parts
            .Where(t => t.IsEnum)
            .Union([typeof(Role), typeof(Source), typeof(Label)])
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .ToList()
            .ForEach(t => text.Append($"enum {t.Name}: {string.Join(", ", Enum.GetNames(t))}\n"));
        text.Append($"names Permission: {string.Join(", ", Permission.All.Select(may => may.Name).Order(StringComparer.Ordinal))}\n");
        return text.ToString();
    }

    public static string Routes(EventTypeRegistry names)
    {
        var text = new StringBuilder();
        foreach (var command in names.Commands.OrderBy(Route, StringComparer.Ordinal))
        {
            Describe(text, $"{(command.IsDefined(typeof(InternalAttribute)) ? "internal" : "route")} {Route(command)}", command);
        }

        return text.ToString();
    }

    private static string Route(Type command) =>
        command.BaseType!.GetGenericArguments()[0].GetCustomAttribute<StoredAttribute>()!.Name + "/" + Snake(command.Name, '-');

    public static string Snake(string name, char joint = '_') =>
        string.Concat(name.Select((c, i) => (char.IsUpper(c) && i > 0 ? joint.ToString() : "") + char.ToLowerInvariant(c)));

    private static void Describe(StringBuilder text, string title, Type type)
    {
        text.Append(title).Append('\n');
        foreach (var property in Properties(type))
        {
            text.Append("  ")
                .Append(JsonNamingPolicy.CamelCase.ConvertName(property.Name))
                .Append(": ")
                .Append(Word(Nullability.Create(property)))
                .Append('\n');
        }
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => !IsIgnored(p))
            .OrderBy(p => p.Name, StringComparer.Ordinal);

    private static bool IsIgnored(PropertyInfo property) =>
        property.Name is "Permission" or "Stream" or "Key" && property.DeclaringType!.IsAssignableTo(typeof(ICommand));

    private static string Word(NullabilityInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var name = type.IsGenericType
            ? type.Name.Split('`')[0] + "<" + string.Join(", ", info.GenericTypeArguments.Select(Word)) + ">"
            : type.Name;
        return name + (info.ReadState == NullabilityState.Nullable ? "?" : "");
    }

    private static HashSet<Type> Reached(IEnumerable<Type> from)
    {
        var reached = new HashSet<Type>();
        var waiting = new Queue<Type>(from);
        while (waiting.TryDequeue(out var type))
        {
            foreach (
                var part in Properties(type)
                    .SelectMany(p => Parts(p.PropertyType))
                    .Where(t => t.Assembly == typeof(EventTypeRegistry).Assembly && !t.IsAssignableTo(typeof(State)) && reached.Add(t))
            )
            {
                waiting.Enqueue(part);
            }
        }

        return reached;
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts)
        : type == typeof(Permission) ? []
        : [type];
}
