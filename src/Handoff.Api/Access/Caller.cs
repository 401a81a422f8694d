using System.Diagnostics;
using System.Net;
using System.Security.Claims;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Api.Access;

/// <summary>Who asks, for which facility, and from where. Endpoints take it as an argument.</summary>
public sealed record Caller(string Facility, Actor Actor, Source Source, Origin Origin)
{
    private static readonly object Item = new();

    public Staff Staff => Actor.Staff;

    /// <summary>The request, as logs and events name it.</summary>
    public Guid Correlation => Origin.Correlation;

    /// <summary>Looked up once per request; null for nobody, and for somebody whose account or key ended.</summary>
    public static Task<Caller?> Of(HttpContext context)
    {
        if (context.Items[Item] is not Task<Caller?> caller)
        {
            var callers = context.RequestServices.GetRequiredService<Callers>();
            context.Items[Item] = caller = callers.Of(context.User, Origin.Of(context), context.RequestAborted).AsTask();
        }

        return caller;
    }

    /// <summary>Binds an endpoint's parameter.</summary>
    public static async ValueTask<Caller?> BindAsync(HttpContext context) => await Of(context);
}

/// <summary>Where a request came from.</summary>
/// <param name="Device">What the client calls itself in <c>X-Device</c>, else its browser.</param>
public sealed record Origin(Guid Correlation, IPAddress? Address, string? Device)
{
    private const int DeviceLimit = 200;

    public static Origin Of(HttpContext context) =>
        new(
            Activity.Current is { } activity
                ? new Guid(Convert.FromHexString(activity.TraceId.ToHexString()), bigEndian: true)
                : Guid.CreateVersion7(),
            context.Connection.RemoteIpAddress,
            Short(Text.Line(context.Request.Headers["X-Device"])) ?? Short(Text.Line(context.Request.Headers.UserAgent))
        );

    private static string? Short(string? device) =>
        device?.Length > DeviceLimit ? device[..(char.IsHighSurrogate(device[DeviceLimit - 1]) ? DeviceLimit - 1 : DeviceLimit)] : device;
}

/// <summary>Turns what a request carries into a caller: standing, role, and what the facility lets that role do now.</summary>
public sealed class Callers(Standings standings, Scopes scopes)
{
    /// <summary>
    /// Looks again each time it is asked. A hub asks before it answers a call, for its connection may be older than a revocation.
    /// </summary>
    public async ValueTask<Caller?> Of(ClaimsPrincipal user, Origin origin, CancellationToken cancel) =>
        await standings.Of(user, cancel) is { } standing ? await Of(standing, user, origin, cancel) : null;

    private async ValueTask<Caller> Of(Standing standing, ClaimsPrincipal user, Origin origin, CancellationToken cancel)
    {
        var facility = await scopes.Of(standing.Facility, cancel);
        var actor = new Actor(standing.Staff, facility.Of(standing.Staff.Role), standing.Units);
        return new(standing.Facility, actor, Principal.Read(user) is { IsKey: true } ? Source.Interface : Source.Ui, origin);
    }
}

/// <summary>Each facility's scope of practice as it is now.</summary>
public sealed class Scopes(Func<string, CancellationToken, ValueTask<Facility>> of)
{
    public ValueTask<Facility> Of(string facility, CancellationToken cancel) => of(facility, cancel);
}

public static class CallerOfRequest
{
    /// <summary>Who asks.</summary>
    /// <exception cref="UnauthorizedAccessException">Nobody is signed in: the route lacks a permission.</exception>
    public static async ValueTask<Actor> CurrentActor(this HttpContext context) =>
        (await Caller.Of(context))?.Actor ?? throw new UnauthorizedAccessException("Nobody is signed in.");
}
