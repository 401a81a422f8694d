using Handoff.Domain.Kernel;
using Handoff.Web.Layout;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Handoff.Api.Access;

/// <summary>Signing in and out with a browser.</summary>
internal static class SignInEndpoints
{
    /// <summary>Whoever has not signed in yet has little to say.</summary>
    public const int MostBytes = 32_768;

    private static readonly HashSet<string> SignInFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "account",
        "password",
        "returnTo",
        "request",
        "__RequestVerificationToken",
    };

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes)).ExcludeFromDescription();
        pages.MapGet(
            Paths.SignIn,
            async (HttpContext context, SignInPages page, string? returnUrl) =>
                await page.Show(context, AuthorizationResultHandler.Local(returnUrl))
        );
        pages.MapPost(Paths.SignIn, SignIn);
        pages.MapPost(Paths.SignOut, SignOut);
    }

    private static async Task<IResult> SignIn(
        HttpContext context,
        IAntiforgery antiforgery,
        SignIns signIns,
        SignInSessions sessions,
        SignInPages page
    )
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await page.Show(
                context,
                null,
                [],
                StatusCodes.Status400BadRequest,
                "This page was open for too long. Please sign in again."
            );
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form.Keys.FirstOrDefault(name => !SignInFields.Contains(name)) is { } unknown)
        {
            throw new UnknownFieldException(UnknownField.Refusing(unknown, "a field"));
        }

        var place = AuthorizationResultHandler.Local(form["returnTo"]);
        var attempt = await signIns.Try(form["account"], form["password"], Origin.FromRequest(context), context.RequestAborted);
        return attempt switch
        {
            { Person: { } person } => await sessions.Start(context, person, place ?? "/"),
            { Refusal: var refusal } => await page.Show(context, place, form, Status(refusal!), refusal!.Says),
        };
    }

    private static async Task<IResult> SignOut(HttpContext context, IAntiforgery antiforgery, SignInSessions sessions) =>
        await Caller.FromRequest(context) is null || await antiforgery.IsRequestValidAsync(context)
            ? await sessions.End(context)
            : Answers.Problem(StatusCodes.Status400BadRequest, "form-expired", "Load the page again, then sign out.");

    private static int Status(Refusal refusal) =>
        refusal.Code == "too-many-sign-ins" ? StatusCodes.Status429TooManyRequests : StatusCodes.Status422UnprocessableEntity;
}
