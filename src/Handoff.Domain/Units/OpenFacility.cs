using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Open the facility, or change its name.</summary>
public sealed record OpenFacility(string? Name) : Command<Facility>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Facility state, DecisionContext now) =>
        Text.Line(Name) switch
        {
            _ when Key != Facility.OnlyKey => FacilityRules.Unknown,
            null => Refusal.Missing("name", "Give the facility a name."),
            { Length: > Text.NameLimit } name => Text.TooLong(name, Text.NameLimit, "name")!,
            var name when name == state.Name => [],
            var name => new FacilityOpened(now.Now, name),
        };
}
