using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Open a unit, or change its name or time zone.</summary>
public sealed record OpenUnit(string? Name, string? Zone) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, DecisionContext now) =>
        Text.Line(Name) switch
        {
            _ when !Unit.IsId(Key) => Refusal.Invalid(
                "unit-id-invalid",
                "A unit's id is 1 to 40 small letters, digits and hyphens, such as 2-west.",
                "unit"
            ),
            null => Refusal.Missing("name", "Give the unit a name."),
            { Length: > Text.NameLimit } name => Text.TooLong(name, Text.NameLimit, "name")!,
            _ when Zone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _) => Refusal.Invalid(
                "zone-unknown",
                "That time zone is not known. Write it as America/Chicago.",
                "zone"
            ),
            var name when (name, Zone) == (state.Name, state.Zone) => [],
            var name => new UnitOpened(now.Now, name, Zone),
        };
}
