using System.Reflection;
using System.Text.Json.Nodes;
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
                    if (shapes.TypeOf(name) is { } type && schema is OpenApiSchema own)
                    {
                        DescribedShapes.Describe(own, type, shapes);
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
        var says = accepted?.IsAssignableTo(typeof(ICommand)) == true ? Docstrings.DocstringOf(accepted) : null;
        says ??= handler is null ? null : Docstrings.DocstringOf(handler);
        operation.Summary = (operation.Summary ?? (says is null ? null : Docstrings.Head(says)))?.TrimEnd('.');
        operation.Description = string.Join(
            " ",
            new[] { operation.Description ?? says ?? operation.Summary + ".", Who(metadata) }.OfType<string>()
        );
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Description ??=
                (handler is null ? null : Docstrings.DocstringOf(handler, parameter.Name!, "param"))
                ?? Glossary.OfParameter(parameter.Name!);
            parameter.Example ??= Examples.OfParameter(parameter.Name!);
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
            Example(content, Examples.ExampleOf(accepted));
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
                    one.Example ??= Examples.ExampleOf(type);
                }
            }
        }
    }
}
