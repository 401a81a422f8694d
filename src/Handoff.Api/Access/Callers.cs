using System.Diagnostics;
using System.Net;
using System.Security.Claims;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Access;

/// <summary>Turns what a request carries into a caller: standing, role, and what the facility lets that role do now.</summary>
public sealed class Callers(AccountStatuses standings, Scopes scopes)
{
    /// <summary>
    /// Looks again each time it is asked. A hub asks before it answers a call, for its connection may be older than a revocation.
    /// </summary>
    public async ValueTask<Caller?> ForUser(ClaimsPrincipal user, Origin origin, CancellationToken cancel) =>
        await standings.ForUser(user, cancel) is { } standing ? await ForUser(standing, user, origin, cancel) : null;

    private async ValueTask<Caller> ForUser(AccountStatus standing, ClaimsPrincipal user, Origin origin, CancellationToken cancel)
    {
        var actor = new Actor(standing.Staff, await scopes.PermissionsOf(standing.Facility, standing.Staff.Role, cancel), standing.Units);
        return new(standing.Facility, actor, Principal.Read(user) is { IsKey: true } ? Source.Interface : Source.Ui, origin);
    }
}
