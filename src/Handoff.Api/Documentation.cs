using System.Text.Json.Nodes;
using Handoff.Api.Contract;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Handoff.Api;

internal static class Documentation
{
    /// <summary>
    /// OpenAPI at <c>/openapi/v1.json</c>; it holds no patient's data. It takes a second to make, so it is kept for an hour.
    /// </summary>
    public static void MapDocumentation(this WebApplication app) =>
        app.MapOpenApi().AllowAnonymous().CacheOutput(cached => cached.Expire(TimeSpan.FromHours(1)));

    /// <summary>Swagger UI at <c>/docs</c>. It is no endpoint, so it comes before authorization.</summary>
    public static void UseDocumentation(this WebApplication app) =>
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.SwaggerEndpoint("/openapi/v1.json", "Handoff");
            ui.DocumentTitle = "Handoff API";
        });

    public static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddSchemaTransformer(
            (schema, context, _) =>
            {
                if (context.JsonTypeInfo.Type.IsAssignableTo(typeof(ICommand)))
                {
                    schema.Properties?.Remove("permission");
                }
                else if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
                {
                    Refuses(schema);
                }
                else if (context.JsonTypeInfo.Type == typeof(Permission))
                {
                    schema.Type = JsonSchemaType.String;
                    schema.Enum = [.. Permission.All.Select(may => (JsonNode)may.Name)];
                }

                return Task.CompletedTask;
            }
        );
        options.AddOperationTransformer(
            (operation, context, _) =>
            {
                operation.OperationId ??= Id(context.Description);
                if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
                {
                    operation.Responses ??= [];
                    operation.Responses.TryAdd("401", Unknown(context.Document));
                }

                return Task.CompletedTask;
            }
        );
        options.DescribeAll();
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info = new()
                {
                    Title = "Handoff",
                    Version = "v1",
                    Description =
                        "Shift handoff and team coordination for behavioral-health units. Every write takes an Idempotency-Key header "
                        + "(the same key again gets the first answer) and, optionally, If-Match with the stream's version. "
                        + "Every refusal is problem+json with a stable code.",
                };
                document.Components ??= new();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["key"] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.ApiKey,
                        In = ParameterLocation.Header,
                        Name = "X-Api-Key",
                    },
                    ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
                };
                document.Security = [new() { [new("key", document)] = [] }, new() { [new("token", document)] = [] }];
                return Task.CompletedTask;
            }
        );
    }

    // What every refusal carries besides the standard's own fields (RFC 9457).
    private static void Refuses(OpenApiSchema schema)
    {
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties["code"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "Which rule refused it, in kebab-case. It does not change; the words may.",
            Examples = ["field-missing"],
        };
        schema.Properties["field"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String | JsonSchemaType.Null,
            Description = "The field that is to blame, where one is.",
            Examples = ["reason"],
        };
        schema.Required = new HashSet<string> { "code" };
    }

    private static OpenApiResponse Unknown(OpenApiDocument? document) =>
        new()
        {
            Description = "Nobody is signed in, or the key or token is not known any more.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), document) },
            },
        };

    // Of GET /api/units/{unit}/board: GetUnitsByUnitBoard.
    private static string Id(ApiDescription operation)
    {
        var words = operation
            .RelativePath!.Split('/')
            .Skip(1)
            .SelectMany(part => part.StartsWith('{') ? ["by", part.Trim('{', '}').Split(':')[0]] : part.Split('-', '.'));
        return string.Concat(
            words
                .Prepend(operation.HttpMethod!.ToLowerInvariant())
                .Where(word => word.Length > 0)
                .Select(word => char.ToUpperInvariant(word[0]) + word[1..])
        );
    }
}
