using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.SignalR;

namespace Handoff.Api;

/// <summary>
/// Refuses every parameter of an address that its route does not read. What a route reads is seen on its handler, so no route can forget to
/// say it,
/// and <c>at</c> is either honoured or refused by name.
/// </summary>
internal static class KnownQuery
{
    private static readonly ConcurrentDictionary<RouteEndpoint, HashSet<string>> Known = new();

    /// <summary>After authorization: whoever may not ask is not told what could be asked.</summary>
    public static void UseKnownQuery(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
                context.GetEndpoint() is RouteEndpoint route
                && IsOurs(route)
                && context.Request.Query.Keys.FirstOrDefault(name => !ForRoute(route).Contains(name)) is { } unknown
                    ? Failures.Refused(UnknownField.Refusing(unknown, "a parameter", ForRoute(route))).ExecuteAsync(context)
                    : next(context)
        );

    /// <summary>The parameters that a route reads.</summary>
    public static IReadOnlySet<string> ForRoute(RouteEndpoint route) =>
        Known.GetOrAdd(route, one => new(Read(one), StringComparer.OrdinalIgnoreCase));

    /// <summary>The hub's connections bring parameters of SignalR's own.</summary>
    public static bool IsOurs(RouteEndpoint route) => route.Metadata.GetMetadata<HubMetadata>() is null;

    private static IEnumerable<string> Read(RouteEndpoint route)
    {
        var inRoute = route.RoutePattern.Parameters.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (route.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
            .SelectMany(Parts)
            .Where(part => IsQuery(part, inRoute))
            .Select(Name);
    }

    private static IEnumerable<Part> Parts(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<AsParametersAttribute>() is null
            ? [new(parameter.Name!, parameter.ParameterType, [.. parameter.GetCustomAttributes()])]
            : parameter
                .ParameterType.GetProperties()
                .Where(p => p.CanWrite)
                .Select(p => new Part(p.Name, p.PropertyType, [.. p.GetCustomAttributes()]));

    private static bool IsQuery(Part part, HashSet<string> inRoute) =>
        part.Attributes.OfType<IFromQueryMetadata>().Any()
        || (
            !inRoute.Contains(part.Name)
            && !part.Attributes.Any(a =>
                a is IFromBodyMetadata or IFromHeaderMetadata or IFromRouteMetadata or IFromServiceMetadata or IFromFormMetadata
            )
            && IsWritten(part.Type)
        );

    // Whatever can be written in an address: text, numbers, ids, words of a list.
    private static bool IsWritten(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var plain
        && (
            plain == typeof(string)
            || plain.IsEnum
            || plain.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>))
        );

    private static string Name(Part part) => part.Attributes.OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? part.Name;

    private sealed record Part(string Name, Type Type, IReadOnlyList<Attribute> Attributes);
}
