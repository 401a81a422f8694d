using Handoff.Api.Training;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Web.Components;
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
            async (HttpContext context, SignInPages page, string? returnUrl) => await page.Of(context, Gate.Local(returnUrl))
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
            return await page.Of(
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
            throw new UnknownFieldException(UnknownField.Of(unknown, "a field"));
        }

        var place = Gate.Local(form["returnTo"]);
        var attempt = await signIns.Try(form["account"], form["password"], Origin.Of(context), context.RequestAborted);
        return attempt switch
        {
            { Person: { } person } => await sessions.Start(context, person, place ?? "/"),
            { Refusal: var refusal } => await page.Of(context, place, form, Status(refusal!), refusal!.Says),
        };
    }

    private static async Task<IResult> SignOut(HttpContext context, IAntiforgery antiforgery, SignInSessions sessions) =>
        await Caller.Of(context) is null || await antiforgery.IsRequestValidAsync(context)
            ? await sessions.End(context)
            : Answers.Problem(StatusCodes.Status400BadRequest, "form-expired", "Load the page again, then sign out.");

    private static int Status(Refusal refusal) =>
        refusal.Code == "too-many-sign-ins" ? StatusCodes.Status429TooManyRequests : StatusCodes.Status422UnprocessableEntity;
}

/// <summary>The time between a person's signing in and out, as a cookie.</summary>
internal sealed class SignInSessions(AccessLog log, SignInClock clock)
{
    // Browsers keep no cookie for longer.
    private static readonly TimeSpan LongestCookie = TimeSpan.FromDays(400);

    public async Task<IResult> Start(HttpContext context, Person person, string place)
    {
        var now = clock.Time.GetUtcNow();
        await log.Record(person.Facility, person.AsStaff(), Look.SignIn, null, [], Origin.Of(context), context.RequestAborted);
        await context.SignInAsync(Schemes.Cookie, Principal.Of(person, now), person.Role == Role.Display ? Long(now) : new());
        return Results.LocalRedirect(place);
    }

    public async Task<IResult> End(HttpContext context)
    {
        if (await Caller.Of(context) is { } caller)
        {
            await log.Record(caller, Look.SignOut, null, [], context.RequestAborted);
        }

        await context.SignOutAsync(Schemes.Cookie);
        return Results.LocalRedirect(Paths.SignIn);
    }

    private static AuthenticationProperties Long(DateTimeOffset now) =>
        new()
        {
            IsPersistent = true,
            IssuedUtc = now,
            ExpiresUtc = now + LongestCookie,
        };
}

/// <summary>The sign-in page for a request.</summary>
internal sealed class SignInPages(IAntiforgery antiforgery, DemoPeople demo, TimeProvider time)
{
    public async Task<RazorComponentResult<SignInPage>> Of(HttpContext context, string? place) =>
        Page(context, place, null, await demo.Offered(context.RequestAborted), StatusCodes.Status200OK);

    public async Task<RazorComponentResult<SignInPage>> Of(
        HttpContext context,
        string? place,
        IEnumerable<KeyValuePair<string, StringValues>> form,
        int status,
        string says
    ) => Page(context, place, Attempt.Of(form, new FieldError("account", says)), await demo.Offered(context.RequestAborted), status);

    private RazorComponentResult<SignInPage> Page(
        HttpContext context,
        string? place,
        Attempt? attempt,
        IReadOnlyList<DemoAccount> offered,
        int status
    ) =>
        new(
            new Dictionary<string, object?>
            {
                [nameof(SignInPage.Frame)] = Frame(context),
                [nameof(SignInPage.Attempt)] = attempt,
                [nameof(SignInPage.ReturnTo)] = place,
                [nameof(SignInPage.Demo)] = offered,
            }
        )
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    private Frame Frame(HttpContext context)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return new()
        {
            Now = time.GetUtcNow(),
            Training = context.RequestServices.GetService<TrainingClock>()?.Words(),
            FacilityTime = context.RequestServices.GetService<TrainingClock>()?.Zone ?? UnitTime.Utc,
            Path = context.Request.Path,
            NewRequest = Guid.CreateVersion7,
            Antiforgery = new(tokens.FormFieldName, tokens.RequestToken!),
        };
    }
}
