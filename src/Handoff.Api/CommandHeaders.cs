using System.Globalization;
using Handoff.Api.Access;
using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Handoff.Api;

/// <summary>What a command's headers say: which request it is, and which version its sender has seen.</summary>
/// <param name="Expected">The version that the stream must still have; null for any.</param>
internal sealed record CommandHeaders(Guid Request, long? Expected)
{
    private const string Key = "Idempotency-Key";
    private const string Match = "If-Match";
    private const int LongestKey = 200;

    /// <summary>A header that can't be read is refused: ignoring it would drop the guarantee that its sender counts on.</summary>
    public static (CommandHeaders? Headers, Refusal? Refusal) FromRequest(HttpRequest request, Caller caller) =>
        FromRequest(request.Headers[Key].ToString(), request.Headers[Match].ToString(), caller);

    /// <summary>The same where they do not stand in headers.</summary>
    public static (CommandHeaders? Headers, Refusal? Refusal) FromRequest(string key, string match, Caller caller) =>
        key.Length > LongestKey ? (null, Refusal.Invalid("request-id-invalid", $"{Key} has at most {LongestKey} characters.", Key))
        : !TryVersion(match, out var expected)
            ? (null, Refusal.Invalid("version-invalid", $"{Match} is the version that you have seen, such as \"7\", or *.", Match))
        : (new(RequestId(key, caller), expected), null);

    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(
            Header(
                Key,
                "The request's own id. Sent again with the same id, a request gets its first answer and records nothing.",
                LongestKey
            )
        );
        operation.Parameters.Add(
            Header(
                Match,
                "The stream's version that the sender has seen. If another was recorded since, the answer is 409 moved-meanwhile."
            )
        );
        return Task.CompletedTask;
    }

    // The caller's own key within the caller's own name, so that nobody can take an id that another's request, or a clock, will need.
    private static Guid RequestId(string key, Caller caller) =>
        key.Length > 0 ? NamedId.From("request", caller.Staff.Id, key) : Guid.CreateVersion7();

    private static bool TryVersion(string match, out long? expected)
    {
        expected = null;
        if (match is "" or "*")
        {
            return true;
        }

        var isVersion = long.TryParse(
            match.StartsWith("W/", StringComparison.Ordinal) ? match[2..].Trim('"') : match.Trim('"'),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var version
        );
        expected = version;
        return isVersion;
    }

    private static OpenApiParameter Header(string name, string says, int? longest = null) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = says,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = longest },
        };
}
