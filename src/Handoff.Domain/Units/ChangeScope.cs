using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Give a permission to exactly these roles.</summary>
public sealed record ChangeScope(Permission? May, IReadOnlyList<Role>? Roles) : Command<Facility>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Facility state, DecisionContext now) =>
        (May, Roles) switch
        {
            _ when Key != Facility.OnlyKey => FacilityRules.Unknown,
            (null, _) => Refusal.Missing("may", "Say which permission changes."),
            (_, null) => Refusal.Missing("roles", "Say which roles have it. An empty list means nobody."),
            var (may, _) when may == Permission.ConfigureFacility && Roles.All(r => r is Role.Display or Role.Integration or Role.Feed) =>
                new Refusal("scope-locks-everyone-out", "Somebody must be able to change the scope of practice.", "roles"),
            var (may, roles) when roles.Contains(Role.Feed) && may != Permission.SendFeed => new Refusal(
                "feed-only-sends",
                "A feed's key sends admissions and can do nothing else. Give the machine another key.",
                "roles"
            ),
            var (may, roles) when state.Who(may).Order().SequenceEqual(roles.Distinct().Order()) => [],
            var (may, roles) => new ScopeChanged(now.Now, may, [.. roles.Distinct().Order()]),
        };
}
