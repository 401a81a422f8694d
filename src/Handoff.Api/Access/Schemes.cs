namespace Handoff.Api.Access;

/// <summary>The ways of saying who asks.</summary>
internal static class Schemes
{
    /// <summary>Whichever of the others the request carries.</summary>
    public const string Any = "handoff";

    public const string Cookie = "cookie";
    public const string Token = "token";
    public const string Key = "key";

    /// <summary>Browsers can't set headers on a WebSocket; there the token is in the address, and nowhere else.</summary>
    public const string Hubs = "/hubs";

    public static string ForRequest(HttpContext context) =>
        context.Request switch
        {
            var request when request.Headers.ContainsKey(ApiKeyAuthentication.Header) => Key,
            var request when request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) => Token,
            var request when HubToken(request) is not null => Token,
            _ => Cookie,
        };

    public static string? HubToken(HttpRequest request) =>
        request.Path.StartsWithSegments(Hubs, StringComparison.OrdinalIgnoreCase)
        && request.Query["access_token"].ToString() is { Length: > 0 } token
            ? token
            : null;
}
