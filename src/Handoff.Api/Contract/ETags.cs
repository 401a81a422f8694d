using System.Globalization;
using System.Text.Json.Nodes;
using Handoff.Domain.Kernel;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Handoff.Api.Contract;

/// <summary>A version as HTTP says it (RFC 9110, section 8.8.3).</summary>
internal static class ETags
{
    public static OpenApiParameter Parameter =>
        new()
        {
            Name = HeaderNames.IfNoneMatch,
            In = ParameterLocation.Header,
            Description = "The `ETag` of what the sender has. If it still stands, the answer is 304 without a body.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = "\"7\"",
        };

    public static OpenApiHeader Header =>
        new()
        {
            Description = "The version of what is answered, as a command’s `If-Match` takes it.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Examples = ["\"7\""] },
        };

    /// <summary>What is asked for with its version, or that the sender has it already.</summary>
    public static IResult Answer(HttpContext context, long version, JsonNode answer)
    {
        var tag = new EntityTagHeaderValue($"\"{version.ToString(CultureInfo.InvariantCulture)}\"");
        context.Response.Headers.ETag = tag.ToString();
        return context
            .Request.GetTypedHeaders()
            .IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Tag == "*")
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Json(answer, EventTypeRegistry.Json);
    }
}
