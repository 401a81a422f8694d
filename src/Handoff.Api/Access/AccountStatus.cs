using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Access;

/// <summary>A person or machine as the database knows them now.</summary>
/// <param name="Stamp">Changes when everything that was signed in before must sign in again.</param>
/// <param name="Units">The units they work on; null for all.</param>
public sealed record AccountStatus(string Facility, Staff Staff, IReadOnlySet<string>? Units, string Stamp)
{
    /// <summary>A screen on a wall has nobody to sign in again.</summary>
    public bool IsSignedInForLong => Staff.Role == Role.Display;
}
