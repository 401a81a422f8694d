using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

internal static class Place
{
    public static IEnumerable<string> Needs(string? unit) =>
        Unit.IsId(unit) ? [StreamId.For(StateKind<Unit>.Name, unit!), StreamId.For(StateKind<Census>.Name, unit!)] : [];

    public static IEnumerable<string> Needs(Stay state) =>
        state.Where() is { } where ? [StreamId.For(StateKind<Unit>.Name, where.Unit)] : [];

    /// <summary>Whether a bed is named that the unit doesn't have. A unit that has named no beds has any.</summary>
    public static bool IsUnknown(string unit, string? bed, DecisionContext now) =>
        Text.Line(bed) is { } name && now.States.Get<Unit>(unit).Beds is { Count: > 0 } beds && !beds.Contains(name);

    public static UnitTime Time(string unit, DecisionContext now) => now.States.Get<Unit>(unit).Time();

    public static UnitTime Time(Stay state, DecisionContext now) => state.Where() is { } where ? Time(where.Unit, now) : UnitTime.Utc;

    public static Refusal? Wrong(string? unit, string? bed, bool mayBeTaken, Guid stay, DecisionContext now)
    {
        if (string.IsNullOrEmpty(unit))
        {
            return Refusal.Missing("unit", "Say which unit.");
        }

        var name = Text.Line(bed);
        var known = now.States.Get<Unit>(unit);
        return known switch
        {
            _ when !known.IsOpen() => Refusal.NotFound("unit-unknown", "There is no such unit.", "unit"),
            _ when !now.By.WorksOn(unit) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ when mayBeTaken => Text.TooLong(name, 20, "bed"),
            _ when name is not null && !known.Beds.Contains(name) => Refusal.Invalid("bed-unknown", "The unit has no such bed.", "bed"),
            _ when now.States.Get<Census>(unit).IsTaken(name, stay) => new Refusal(
                "bed-taken",
                "Somebody else is in that bed. Choose another, or move them first.",
                "bed"
            ),
            _ => null,
        };
    }
}
