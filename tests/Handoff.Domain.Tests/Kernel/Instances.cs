using System.Reflection;
using Handoff.Domain.Access;

namespace Handoff.Domain.Tests.Kernel;

/// <summary>Values of any stored type, made from its constructor and its settable properties; the same ones in every run.</summary>
internal static class Instances
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static IEnumerable<object> Of(Type type, int count) => Enumerable.Range(0, count).Select(seed => Make(type, new Random(seed)));

    private static object Make(Type type, Random chance) =>
        type switch
        {
            _ when type == typeof(string) => Word(chance),
            _ when type == typeof(bool) => chance.Next(2) == 0,
            _ when type == typeof(int) => chance.Next(1, 100),
            _ when type == typeof(long) => (long)chance.Next(1, 1_000_000),
            _ when type == typeof(Guid) => Identity(chance),
            _ when type == typeof(DateTimeOffset) => Times.At("00:00").AddSeconds(chance.Next(86_400)),
            _ when type == typeof(DateOnly) => new DateOnly(1950, 1, 1).AddDays(chance.Next(20_000)),
            _ when type == typeof(TimeOnly) => new TimeOnly(chance.Next(24), chance.Next(60)),
            _ when type == typeof(Permission) => Permission.All.ElementAt(chance.Next(Permission.All.Count)),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(chance.Next(Enum.GetValues(type).Length))!,
            _ when Element(type) is { } element => List(element, chance),
            _ when Pair(type) is [var key, var value] => Dictionary(key, value, chance),
            _ => Compose(type, chance),
        };

    private static object Compose(Type type, Random chance)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Maybe(Nullability.Create(p), p.ParameterType, chance))]);
        var given = constructor.GetParameters().Select(p => p.Name).ToHashSet();
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && !given.Contains(p.Name)))
        {
            property.SetValue(made, Maybe(Nullability.Create(property), property.PropertyType, chance));
        }

        return made;
    }

    private static object? Maybe(NullabilityInfo info, Type type, Random chance) =>
        info.WriteState == NullabilityState.Nullable && chance.Next(3) == 0 ? null : Make(Nullable.GetUnderlyingType(type) ?? type, chance);

    private static string Word(Random chance) =>
        new[] { "Room", "Zoë \"Z\" O'Neill", "王小明", "مها", "a 😢 day", "<b>&amp;", "" }[chance.Next(7)];

    private static Guid Identity(Random chance)
    {
        var bytes = new byte[16];
        chance.NextBytes(bytes);
        return new(bytes);
    }

    private static Type? Element(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static Type[] Pair(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) ? type.GetGenericArguments() : [];

    private static Array List(Type element, Random chance)
    {
        var list = Array.CreateInstance(element, chance.Next(4));
        for (var i = 0; i < list.Length; i++)
        {
            list.SetValue(Make(element, chance), i);
        }

        return list;
    }

    private static object Dictionary(Type key, Type value, Random chance)
    {
        var made = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(key, value))!;
        made[Make(key, chance)] = Make(value, chance);
        return made;
    }
}
