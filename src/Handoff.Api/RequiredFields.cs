using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Handoff.Domain.Kernel;

namespace Handoff.Api;

/// <summary>
/// What a request can't be without, as its record says it: of the request itself the parameters that have no default, of a part of one
/// those of them that can't be null either.
/// </summary>
internal static class RequiredFields
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<PropertyInfo>> Known = new();

    /// <summary>The properties that a request can't be without, in their order.</summary>
    public static IReadOnlyList<PropertyInfo> ForRequest(Type request) =>
        Known.GetOrAdd(request, type => [.. Parameters(type).Where(IsNeeded).Select(parameter => type.GetProperty(parameter.Name!)!)]);

    /// <summary>The refusal of the first of them that a request left out; null if it has them all.</summary>
    public static Refusal? Missing(object request) =>
        ForRequest(request.GetType()).FirstOrDefault(property => property.GetValue(request) is null) is { } absent
            ? Missing(JsonNamingPolicy.CamelCase.ConvertName(absent.Name))
            : null;

    public static Refusal Missing(string field) => Refusal.Missing(field, $"This can’t be done without “{field}”. Give it.");

    /// <summary>Whether a part of a request can't be without a property.</summary>
    public static bool IsNeeded(JsonPropertyInfo property) => property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false };

    private static bool IsNeeded(ParameterInfo parameter) =>
        !parameter.HasDefaultValue && parameter.GetCustomAttribute<MayBeLeftOutAttribute>() is null;

    // A record's own constructor has the most parameters; the other one copies it.
    private static ParameterInfo[] Parameters(Type type) =>
        type.GetConstructors().Select(constructor => constructor.GetParameters()).MaxBy(parameters => parameters.Length) ?? [];
}
