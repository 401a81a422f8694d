using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Handoff.Api.Access;

public sealed record Credentials(string? Account, string? Password);

public sealed record Renewal(string? RefreshToken);

/// <summary>Who asks.</summary>
/// <param name="Units">The units that they work on; null for all of the facility.</param>
public sealed record Me(Staff Staff, IReadOnlyCollection<string>? Units);

/// <summary>Signing in without a browser: bearer tokens.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var tokens = routes
            .MapGroup("/api")
            .AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(SignInEndpoints.MostBytes))
            .WithTags("Access");
        tokens
            .MapPost("/sign-in", SignIn)
            .Accepts<Credentials>("application/json")
            .Produces<AccessTokenResponse>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("Sign in with account and password; answers an access token and a refresh token.");
        tokens
            .MapPost("/refresh", Refresh)
            .Accepts<Renewal>("application/json")
            .Produces<AccessTokenResponse>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .WithSummary("Exchange a refresh token for fresh tokens.");
        routes
            .MapGet("/api/me", (Caller caller) => new Me(caller.Staff, caller.Actor.Units))
            .WithTags("Access")
            .RequirePermission(Permission.ReadBoard, Permission.ReadWall)
            .WithSummary("Who asks: as their token or key says, and as the log names them.");
    }

    private static async Task<IResult> SignIn(HttpContext context, SignIns signIns, AccessLog log, SignInClock clock)
    {
        var (given, problem) = await JsonBody.Read<Credentials>(context.Request, context.RequestAborted, isNeeded: true);
        if (problem is not null)
        {
            return problem;
        }

        var origin = Origin.FromRequest(context);
        var attempt = await signIns.Try(given!.Account, given.Password, origin, context.RequestAborted);
        if (attempt.Person is not { } person)
        {
            return Answers.Problem(Status(attempt.Refusal!), attempt.Refusal!.Code, attempt.Refusal.Says);
        }

        await log.Record(person.Facility, person.AsStaff(), AccessPurpose.SignIn, null, [], origin, context.RequestAborted);
        return TypedResults.SignIn(Principal.ToClaims(person, clock.Time.GetUtcNow()), authenticationScheme: Schemes.Token);
    }

    private static async Task<IResult> Refresh(
        HttpContext context,
        IOptionsMonitor<BearerTokenOptions> tokens,
        AccountStatuses standings,
        SignInClock clock,
        CancellationToken cancel
    )
    {
        var (given, problem) = await JsonBody.Read<Renewal>(context.Request, cancel, isNeeded: true);
        if (problem is not null)
        {
            return problem;
        }

        var ticket = tokens.Get(Schemes.Token).RefreshTokenProtector.Unprotect(given!.RefreshToken);
        return clock.Time.GetUtcNow() < ticket?.Properties.ExpiresUtc && await standings.ForUser(ticket.Principal, cancel) is not null
            ? TypedResults.SignIn(ticket.Principal, authenticationScheme: Schemes.Token)
            : Answers.Problem(StatusCodes.Status401Unauthorized, "sign-in-required", "Sign in again.");
    }

    private static int Status(Refusal refusal) =>
        refusal.Code == "too-many-sign-ins" ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
}
