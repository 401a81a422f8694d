using System.Security.Cryptography;

namespace Handoff.Api;

/// <summary>What every answer says about itself to a browser: nothing from elsewhere, no frames, nothing kept on disk.</summary>
internal sealed class SafeHeaders(RequestDelegate next)
{
    private static readonly object Key = new();

    // Swagger UI writes its own styles and starts from an inline script.
    private const string DocumentationPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "frame-ancestors 'none'; base-uri 'none'";

    /// <summary>The answer's nonce: a style that carries it may be added to the page, as Turbo adds that of its progress bar.</summary>
    public static string Nonce(HttpContext context) =>
        (string)(context.Items[Key] ??= Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    // Set last, because an answer that fails starts over without the headers that it had.
    public Task Invoke(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            Set(context.Response.Headers, context.Request.Path, context.Items[Key] as string);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Set(IHeaderDictionary headers, PathString path, string? nonce)
    {
        headers.ContentSecurityPolicy = path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase)
            ? DocumentationPolicy
            : Policy(nonce);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }
    }

    private static string Policy(string? nonce) =>
        $"default-src 'self'; script-src 'self'; style-src 'self'{(nonce is null ? "" : $" 'nonce-{nonce}'")}; img-src 'self' "
        + "data:; connect-src 'self' ws: wss:; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";
}
