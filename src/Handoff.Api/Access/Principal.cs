using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Handoff.Api.Access;

/// <summary>What a cookie or token says about its bearer: no more than is needed to look them up.</summary>
internal sealed record Principal(Guid Id, bool IsKey, string Stamp, DateTimeOffset Since)
{
    public const string KeyStamp = "key";

    private const string StampClaim = "stamp";
    private const string SinceClaim = "since";

    public static ClaimsPrincipal ToClaims(Person person, DateTimeOffset now) =>
        ToClaims(new(person.Id, false, person.SecurityStamp!, now));

    public static ClaimsPrincipal OfKey(Guid id, DateTimeOffset now) => ToClaims(new(id, true, KeyStamp, now));

    public static Principal? Read(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true, AuthenticationType: Schemes.Any }
        && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
        && user.FindFirstValue(StampClaim) is { } stamp
        && long.TryParse(user.FindFirstValue(SinceClaim), CultureInfo.InvariantCulture, out var since)
            ? new(id, stamp == KeyStamp, stamp, DateTimeOffset.FromUnixTimeSeconds(since))
            : null;

    private static ClaimsPrincipal ToClaims(Principal one) =>
        new(
            new ClaimsIdentity(
                [
                    new(ClaimTypes.NameIdentifier, one.Id.ToString()),
                    new(StampClaim, one.Stamp),
                    new(SinceClaim, one.Since.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
                ],
                Schemes.Any
            )
        );
}
