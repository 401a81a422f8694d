using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Handoff.Api;

internal static class Documentation
{
    /// <summary>OpenAPI at <c>/openapi/v1.json</c>; it holds no patient's data.</summary>
    public static void MapDocumentation(this WebApplication app) => app.MapOpenApi().AllowAnonymous();

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

                return Task.CompletedTask;
            }
        );
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
}
