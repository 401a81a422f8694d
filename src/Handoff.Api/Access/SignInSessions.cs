using Handoff.Domain.Access;
using Handoff.Web.Layout;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Handoff.Api.Access;

/// <summary>The time between a person's signing in and out, as a cookie.</summary>
internal sealed class SignInSessions(AccessLog log, SignInClock clock)
{
    // Browsers keep no cookie for longer.
    private static readonly TimeSpan LongestCookie = TimeSpan.FromDays(400);

    public async Task<IResult> Start(HttpContext context, Person person, string place)
    {
        var now = clock.Time.GetUtcNow();
        await log.Record(
            person.Facility,
            person.AsStaff(),
            AccessPurpose.SignIn,
            null,
            [],
            Origin.FromRequest(context),
            context.RequestAborted
        );
        await context.SignInAsync(Schemes.Cookie, Principal.ToClaims(person, now), person.Role == Role.Display ? Long(now) : new());
        return Results.LocalRedirect(place);
    }

    public async Task<IResult> End(HttpContext context)
    {
        if (await Caller.FromRequest(context) is { } caller)
        {
            await log.Record(caller, AccessPurpose.SignOut, null, [], context.RequestAborted);
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
