using Handoff.Domain.Access;
using Microsoft.AspNetCore.Authorization;

namespace Handoff.Api.Access;

/// <summary>
/// On a route: the caller must have one of these permissions, and work on the unit if the route names one as <c>{unit}</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequiresAttribute(params Permission[] anyOf) : AuthorizeAttribute, IAuthorizationRequirementData
{
    public IReadOnlyList<Permission> AnyOf { get; } = anyOf;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new Need(AnyOf)];
}

public static class RequirePermissions
{
    /// <summary>Lets in who has one of these permissions. Said twice, both are needed.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, Permission permission, params Permission[] or)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiresAttribute([permission, .. or]));
}

/// <summary>Somebody is signed in whose account still stands; with permissions, one of them is theirs.</summary>
internal sealed class Need(IReadOnlyList<Permission> anyOf) : IAuthorizationRequirement
{
    public static readonly Need SignIn = new([]);

    public bool IsMetBy(Caller caller, string? unit) =>
        (anyOf.Count == 0 || anyOf.Any(caller.Actor.May)) && (unit is null || caller.Actor.WorksOn(unit));
}

internal sealed class NeedCheck : AuthorizationHandler<Need>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Need need)
    {
        if (
            context.Resource is HttpContext request
            && await Caller.FromRequest(request) is { } caller
            && need.IsMetBy(caller, request.GetRouteValue("unit") as string)
        )
        {
            context.Succeed(need);
        }
    }
}
