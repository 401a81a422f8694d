using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Handoff.Api.Access;
using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Handoff.Api.Contract;

/// <summary>
/// Says in OpenAPI what each operation does and each property means, in the words of the docstrings, with an example made from its type.
/// </summary>
internal static class Describing
{
    public static void DescribeAll(this OpenApiOptions options)
    {
        var shapes = new Shapes();
        options.AddSchemaTransformer(
            (_, context, _) =>
            {
                shapes.Note(context.JsonTypeInfo);
                return Task.CompletedTask;
            }
        );
        options.AddOperationTransformer(
            (operation, context, _) =>
            {
                Operation(operation, context.Description.ActionDescriptor.EndpointMetadata, shapes);
                Answers(operation, context);
                return Task.CompletedTask;
            }
        );
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
                {
                    if (shapes.Of(name) is { } type && schema is OpenApiSchema own)
                    {
                        Schema(own, type, shapes);
                    }
                }

                return Task.CompletedTask;
            }
        );
    }

    private static void Operation(OpenApiOperation operation, IList<object> metadata, Shapes shapes)
    {
        var accepted = metadata.OfType<IAcceptsMetadata>().LastOrDefault()?.RequestType;
        var handler = metadata.OfType<MethodInfo>().LastOrDefault();
        var says = accepted?.IsAssignableTo(typeof(ICommand)) == true ? Docstrings.Of(accepted) : null;
        says ??= handler is null ? null : Docstrings.Of(handler);
        operation.Summary = (operation.Summary ?? (says is null ? null : Docstrings.Head(says)))?.TrimEnd('.');
        operation.Description = string.Join(
            " ",
            new[] { operation.Description ?? says ?? operation.Summary + ".", Who(metadata) }.OfType<string>()
        );
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Description ??=
                (handler is null ? null : Docstrings.Of(handler, parameter.Name!, "param")) ?? Glossary.OfParameter(parameter.Name!);
            parameter.Example ??= Glossary.Example(parameter.Name!);
        }

        if (accepted is null)
        {
            return;
        }

        shapes.NoteRequest(accepted);
        foreach (
            var content in (operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>()).Values.OfType<OpenApiMediaType>()
        )
        {
            Example(content, Examples.Of(accepted));
        }
    }

    private static void Example(OpenApiMediaType content, JsonNode? example)
    {
        if (example is JsonObject { Count: 0 })
        {
            content.Examples = new Dictionary<string, IOpenApiExample>
            {
                ["empty"] = new OpenApiExample { Summary = "It has no fields.", Value = example },
            };
        }
        else
        {
            content.Example ??= example;
        }
    }

    private static string? Who(IList<object> metadata) =>
        metadata.OfType<RequiresAttribute>().Select(need => string.Join(" or ", need.AnyOf.Select(may => $"`{may}`"))) is var needs
        && needs.Any()
            ? $"Needs the permission {string.Join(" and ", needs)}."
            : null;

    private static void Answers(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var answer in context.Description.SupportedResponseTypes.Where(answer => answer.StatusCode == 200))
        {
            if (answer.Type is { } type && type != typeof(void) && operation.Responses?.GetValueOrDefault("200")?.Content is { } content)
            {
                foreach (var one in content.Values.OfType<OpenApiMediaType>())
                {
                    one.Example ??= Examples.Of(type);
                }
            }
        }
    }

    private static void Schema(OpenApiSchema schema, Type type, Shapes shapes)
    {
        schema.Description ??= Docstrings.Of(type);
        var properties = Shapes.PropertiesOf(type);
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (properties.TryGetValue(name, out var known))
            {
                Property(property, known);
            }
        }

        if (schema.Properties is { Count: > 0 } && type.Namespace?.StartsWith("Handoff", StringComparison.Ordinal) == true)
        {
            schema.Required = properties.Where(one => shapes.IsRequired(one.Value)).Select(one => one.Key).ToHashSet();
        }
    }

    private static void Property(IOpenApiSchema schema, JsonPropertyInfo property)
    {
        var (says, example) = (Says(property), Examples.Of(property.PropertyType, property.Name));
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
                if (Shapes.IsNeeded(property))
                {
                    NeverNull(own);
                }

                break;
        }
    }

    /// <summary>What is said of a property, else what its word means everywhere, else what it is made of is.</summary>
    public static string? Says(JsonPropertyInfo property) =>
        (property.AttributeProvider is PropertyInfo own ? Docstrings.Of(own) : null)
        ?? Glossary.Of(property.Name)
        ?? Made(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);

    private static string? Made(Type type) =>
        !type.IsGenericType ? Docstrings.Of(type)
        : Docstrings.Of(type.GetGenericArguments()[^1]) is { } says ? "Of each: " + says
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
