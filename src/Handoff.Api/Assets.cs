using Handoff.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Handoff.Api;

internal static class Assets
{
    /// <summary>Scripts, styles and fonts; the address carries their hash as <c>v</c>, so a browser asks once.</summary>
    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/assets/{name}",
                (string name, string? v, HttpContext context) =>
                {
                    if (Bundle.Find(name) is not { } asset)
                    {
                        return Results.NotFound();
                    }

                    var (bytes, encoding) = asset.For(context.Request.Headers.AcceptEncoding);
                    context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                    context.Response.Headers.Vary = "Accept-Encoding";
                    context.Response.Headers.ContentEncoding = encoding;
                    return Results.Bytes(bytes, asset.ContentType);
                }
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
}
