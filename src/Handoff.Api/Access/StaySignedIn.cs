using Microsoft.AspNetCore.Authentication.Cookies;

namespace Handoff.Api.Access;

/// <summary>On a route: pages ask for it by themselves, so asking doesn't show that a person is there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AskedByPagesAttribute : Attribute;

public static class AskedByPages
{
    /// <summary>Requests of this route don't put off the automatic logoff.</summary>
    public static TBuilder IsAskedByPages<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AskedByPagesAttribute());
}

/// <summary>How long a cookie stands.</summary>
internal static class StaySignedIn
{
    /// <summary>A cookie is written anew at most this often.</summary>
    private static readonly TimeSpan Rewrite = TimeSpan.FromMinutes(1);

    /// <summary>What a person asks for starts the idle time again, from that moment and not only in its second half.</summary>
    public static Task Check(CookieSlidingExpirationContext context)
    {
        context.ShouldRenew = context.ElapsedTime >= Rewrite && !IsAskedByPage(context.HttpContext);
        return Task.CompletedTask;
    }

    /// <summary>Drops the cookie of an ended account.</summary>
    public static async Task Validate(CookieValidatePrincipalContext context)
    {
        var standings = context.HttpContext.RequestServices.GetRequiredService<AccountStatuses>();
        if (await standings.ForUser(context.Principal!, context.HttpContext.RequestAborted) is null)
        {
            context.RejectPrincipal();
        }
    }

    private static bool IsAskedByPage(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Schemes.Hubs, StringComparison.OrdinalIgnoreCase)
        || context.GetEndpoint()?.Metadata.GetMetadata<AskedByPagesAttribute>() is not null;
}
