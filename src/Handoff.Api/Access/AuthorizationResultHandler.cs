using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Handoff.Api.Access;

/// <summary>Answers whoever may not in: machines with a problem and its code, people with the sign-in page or status 403.</summary>
internal sealed class AuthorizationResultHandler : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult result)
    {
        if (result.Succeeded && !IsForged(context))
        {
            await next(context);
            return;
        }

        var answer = (await Caller.FromRequest(context) is null, IsPage(context.Request)) switch
        {
            (true, true) => Results.LocalRedirect(SignInPath(context.Request)),
            (true, false) => Unknown(context.Response),
            (false, true) => Results.StatusCode(StatusCodes.Status403Forbidden),
            (false, false) => Answers.Problem(
                StatusCodes.Status403Forbidden,
                "not-permitted",
                "Your role does not include this. If you need it, ask your manager."
            ),
        };
        await answer.ExecuteAsync(context);
    }

    /// <summary>A place on this site that a person may be sent to; anything else is null.</summary>
    public static string? Local(string? place) => place is ['/', ..] && RedirectHttpResult.IsLocalUrl(place) ? place : null;

    private static IResult Unknown(HttpResponse response)
    {
        response.Headers.WWWAuthenticate = "Bearer";
        return Answers.Problem(StatusCodes.Status401Unauthorized, "sign-in-required", "Sign in first, or send a key that still stands.");
    }

    // A page of another site, or of a neighbouring one that shares our cookies' site, can make a browser send things in its user's name.
    private static bool IsForged(HttpContext context) =>
        context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
        && Schemes.ForRequest(context) == Schemes.Cookie
        && !(
            HttpMethods.IsGet(context.Request.Method)
            && !context.Request.Path.StartsWithSegments(Schemes.Hubs, StringComparison.OrdinalIgnoreCase)
        );

    private static bool IsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments(Schemes.Hubs, StringComparison.OrdinalIgnoreCase)
        && !request.Headers.ContainsKey(HeaderNames.Authorization)
        && !request.Headers.ContainsKey(ApiKeyAuthentication.Header);

    private static string SignInPath(HttpRequest request) =>
        "/sign-in" + (Asked(request) is { } place and not "/" ? QueryString.Create("returnUrl", place) : QueryString.Empty);

    // Neither a form nor a piece of a page can be gone back to, but the page that they are on can.
    private static string? Asked(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Headers.ContainsKey("Turbo-Frame")
            ? Local(request.PathBase + request.Path + request.QueryString)
        : Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == request.Host.Value
            ? Local(page.PathAndQuery)
        : null;
}
