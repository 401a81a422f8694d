using Handoff.Api.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Handoff.Api.Tests.Access;

/// <summary>Walks an application's routes.</summary>
public static class EveryRoute
{
    /// <summary>
    /// The routes that neither need a permission nor are named as public, as <c>GET /path</c>; also those that are open by
    /// <c>AllowAnonymous</c> although they need a permission, and public names that no route has.
    /// </summary>
    public static IReadOnlyList<string> Unguarded(IEnumerable<EndpointDataSource> routes, params IReadOnlyCollection<string> open)
    {
        var all = routes.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(Named).ToList();
        return
        [
            .. all.Where(one => !IsGuarded(one.Route) && !open.Contains(one.Name))
                .Select(one => one.Name)
                .Concat(open.Except(all.Select(one => one.Name)))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<(string Name, RouteEndpoint Route)> Named(RouteEndpoint route) =>
        (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["ANY"]).Select(method =>
            ($"{method} /{route.RoutePattern.RawText?.TrimStart('/')}", route)
        );

    private static bool IsGuarded(RouteEndpoint route) =>
        route.Metadata.GetMetadata<RequiresAttribute>() is { AnyOf.Count: > 0 } && route.Metadata.GetMetadata<IAllowAnonymous>() is null;
}

public sealed class EveryRouteTests(AccessApp app) : IClassFixture<AccessApp>
{
    public static readonly IReadOnlyList<string> Public =
    [
        "GET /sign-in",
        "POST /sign-in",
        "POST /sign-out",
        "POST /api/sign-in",
        "POST /api/refresh",
    ];

    [Fact]
    public void A_route_without_permission_is_found_and_no_other() =>
        EveryRoute.Unguarded(app.Endpoints, Public).ShouldBe(["GET /api/forgotten"]);

    [Fact]
    public void A_public_route_that_is_not_on_the_list_is_found() =>
        EveryRoute.Unguarded(app.Endpoints, [.. Public.Skip(1)]).ShouldBe(["GET /api/forgotten", "GET /sign-in"]);

    [Fact]
    public void A_public_name_without_a_route_is_found() =>
        EveryRoute.Unguarded(app.Endpoints, [.. Public, "GET /gone"]).ShouldBe(["GET /api/forgotten", "GET /gone"]);
}
