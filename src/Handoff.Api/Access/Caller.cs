using System.Diagnostics;
using System.Net;
using System.Security.Claims;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Access;

/// <summary>Who asks, for which facility, and from where. Endpoints take it as an argument.</summary>
public sealed record Caller(string Facility, Actor Actor, Source Source, Origin Origin)
{
    private static readonly object Item = new();

    public Staff Staff => Actor.Staff;

    /// <summary>The request, as logs and events name it.</summary>
    public Guid Correlation => Origin.Correlation;

    /// <summary>Looked up once per request; null for nobody, and for somebody whose account or key ended.</summary>
    public static Task<Caller?> FromRequest(HttpContext context)
    {
        if (context.Items[Item] is not Task<Caller?> caller)
        {
            var callers = context.RequestServices.GetRequiredService<Callers>();
            context.Items[Item] = caller = callers.ForUser(context.User, Origin.FromRequest(context), context.RequestAborted).AsTask();
        }

        return caller;
    }

    /// <summary>Binds an endpoint's parameter.</summary>
    public static async ValueTask<Caller?> BindAsync(HttpContext context) => await FromRequest(context);
}

/// <summary>What each facility lets a role do now.</summary>
public sealed class Scopes(Func<string, Role, CancellationToken, ValueTask<IReadOnlySet<Permission>>> of)
{
    public ValueTask<IReadOnlySet<Permission>> PermissionsOf(string facility, Role role, CancellationToken cancel) =>
        of(facility, role, cancel);
}

public static class CallerOfRequest
{
    /// <summary>Who asks.</summary>
    /// <exception cref="UnauthorizedAccessException">Nobody is signed in: the route lacks a permission.</exception>
    public static async ValueTask<Actor> CurrentActor(this HttpContext context) =>
        (await Caller.FromRequest(context))?.Actor ?? throw new UnauthorizedAccessException("Nobody is signed in.");
}
