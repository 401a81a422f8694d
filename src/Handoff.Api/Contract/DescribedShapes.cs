using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace Handoff.Api.Contract;

/// <summary>Says of a shape what it is, which of its properties are always there, and what each of them means.</summary>
internal static class DescribedShapes
{
    public static void Describe(OpenApiSchema schema, Type type, Shapes shapes)
    {
        schema.Description ??= Docstrings.DocstringOf(type);
        var properties = Shapes.PropertiesOf(type);
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (properties.TryGetValue(name, out var known))
            {
                Property(property, known, shapes);
            }
        }

        if (schema.Properties is { Count: > 0 } && type.Namespace?.StartsWith("Handoff", StringComparison.Ordinal) == true)
        {
            schema.Required = properties.Where(one => shapes.IsRequired(one.Value)).Select(one => one.Key).ToHashSet();
        }
    }

    private static void Property(IOpenApiSchema schema, JsonPropertyInfo property, Shapes shapes)
    {
        var (says, example) = (Says(property), Examples.ExampleOf(property.PropertyType, property.Name));
        switch (schema)
        {
            case OpenApiSchemaReference reference:
                reference.Description = says;
                reference.Examples = [example ?? new JsonObject()];
                break;
            case OpenApiSchema own:
                own.Description = says;
                own.Examples = [example ?? new JsonObject()];
                OnlyOnce(own);
                if (shapes.IsNeeded(property))
                {
                    NeverNull(own);
                }

                break;
        }
    }

    /// <summary>What is said of a property, else what its word means everywhere, else what it is made of is.</summary>
    public static string? Says(JsonPropertyInfo property) =>
        (property.AttributeProvider is PropertyInfo own ? Docstrings.DocstringOf(own) : null)
        ?? Glossary.MeaningOf(property.Name)
        ?? Made(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);

    private static string? Made(Type type) =>
        !type.IsGenericType ? Docstrings.DocstringOf(type)
        : Docstrings.DocstringOf(type.GetGenericArguments()[^1]) is { } says ? "Of each: " + says
        : null;

    // What is said of the property is not said again of each shape that it may have.
    private static void OnlyOnce(OpenApiSchema schema)
    {
        foreach (var one in (schema.OneOf ?? []).OfType<OpenApiSchemaReference>())
        {
            one.Description = null;
        }
    }

    private static void NeverNull(OpenApiSchema schema)
    {
        schema.Type &= ~JsonSchemaType.Null;
        schema.OneOf = schema.OneOf?.Where(one => one is OpenApiSchemaReference || one.Type != JsonSchemaType.Null).ToList();
    }
}
